//! What one can do with a message: a toolbar at the row that the pointer, or the focus, is on.

use super::pointed::{Editing, Pointed};
use crate::{
    chat::use_chat,
    rooms::{DialogKind, OpenDialog},
    widgets::{Icon, handle, live, live_view, regular},
};
use common::RoomId;
use leptos::prelude::*;

/// For the message that is pointed at. One toolbar for all rows: they stay light.
#[component]
pub fn Actions(room: RoomId, pointed: Pointed) -> impl IntoView {
    let chat = use_chat();
    let editing = Editing::of_page();
    let dialogs = OpenDialog::of_page();
    let shown = Memo::new(move |_| {
        let (id, _) = pointed.row().filter(|(id, _)| !editing.is_on(*id))?;
        chat.with(|state| {
            let message = state.message(room, id).filter(|message| !message.is_deleted())?;
            Some((id, message.seq, message.author == state.me))
        })
    });
    let top = move || format!("{}px", pointed.row().map_or(0, |(_, top)| top));
    live_view(move || {
        shown.get().map(|(id, seq, is_own)| {
            let own = is_own.then(|| {
                view! {
                    <button class="icon-button" type="button" aria-label="Edit" title="Edit" on:click=handle(move |_| editing.begin(id))>
                        <Icon paths=regular(phosphor_leptos::PENCIL_SIMPLE)/>
                    </button>
                    <button class="icon-button" type="button" aria-label="Delete" title="Delete"
                        on:click=handle(move |_| dialogs.open(DialogKind::Delete(room, id)))>
                        <Icon paths=regular(phosphor_leptos::TRASH)/>
                    </button>
                }
            });
            view! {
                <div class="actions" role="toolbar" aria-label="Message actions" style:top=live(top)>
                    <button class="icon-button" type="button" aria-label="Mark unread from here" title="Mark unread from here"
                        on:click=handle(move |_| chat.mark_unread(room, seq))>
                        <Icon paths=regular(phosphor_leptos::ENVELOPE_SIMPLE)/>
                    </button>
                    {own}
                </div>
            }
        })
    })
}
