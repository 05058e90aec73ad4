//! What one can do with a message: a toolbar at the row that the pointer, or the focus, is on.

use super::pointed::{Editing, Pointed};
use crate::{
    chat::use_chat,
    rooms::{DialogKind, OpenDialog},
    widgets::{Icon, handle, live, live_view, regular},
};
use common::RoomId;
use leptos::prelude::*;

/// For the author of the message that is pointed at. One toolbar for all rows: they stay light.
#[component]
pub fn Actions(room: RoomId, pointed: Pointed) -> impl IntoView {
    let chat = use_chat();
    let editing = Editing::of_page();
    let dialogs = OpenDialog::of_page();
    let own = Memo::new(move |_| {
        let (id, _) = pointed.row()?;
        let is_own = chat.with(|state| state.own_message(room, id).is_some());
        (is_own && !editing.is_on(id)).then_some(id)
    });
    let top = move || format!("{}px", pointed.row().map_or(0, |(_, top)| top));
    live_view(move || {
        own.get().map(|id| {
            view! {
                <div class="actions" role="toolbar" aria-label="Message actions" style:top=live(top)>
                    <button class="icon-button" type="button" aria-label="Edit" title="Edit" on:click=handle(move |_| editing.begin(id))>
                        <Icon paths=regular(phosphor_leptos::PENCIL_SIMPLE)/>
                    </button>
                    <button class="icon-button" type="button" aria-label="Delete" title="Delete"
                        on:click=handle(move |_| dialogs.open(DialogKind::Delete(room, id)))>
                        <Icon paths=regular(phosphor_leptos::TRASH)/>
                    </button>
                </div>
            }
        })
    })
}
