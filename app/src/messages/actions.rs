//! What one can do with a message: a toolbar at the row that the pointer, or the focus, is on.

use super::pointed::{Editing, Pointed};
use crate::{
    address::Address,
    chat::use_chat,
    rooms::{DialogKind, OpenDialog},
    threads,
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
    let address = Address::of_page();
    let shown = Memo::new(move |_| {
        let (id, _) = pointed.row().filter(|(id, _)| !editing.is_on(*id))?;
        chat.with(|state| {
            let message = state.message(room, id).filter(|message| !message.is_deleted())?;
            Some((id, message.seq, message.author == state.me, message.parent.is_some()))
        })
    });
    let top = move || format!("{}px", pointed.row().map_or(0, |(_, top)| top));
    live_view(move || {
        shown.get().map(|(id, seq, is_own, is_reply)| {
            let in_room = (!is_reply).then(|| {
                view! {
                    <button class="icon-button" type="button" aria-label="Reply in thread" title="Reply in thread"
                        on:click=handle(move |_| address.go(&threads::path_of(room, id)))>
                        <Icon paths=regular(phosphor_leptos::CHAT_CIRCLE_TEXT)/>
                    </button>
                    <button class="icon-button" type="button" aria-label="Mark unread from here" title="Mark unread from here"
                        on:click=handle(move |_| chat.mark_unread(room, seq))>
                        <Icon paths=regular(phosphor_leptos::ENVELOPE_SIMPLE)/>
                    </button>
                }
            });
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
            (in_room.is_some() || own.is_some()).then(|| view! {
                <div class="actions" role="toolbar" aria-label="Message actions" style:top=live(top)>
                    {in_room}
                    {own}
                </div>
            })
        })
    })
}
