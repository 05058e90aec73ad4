//! What one can do with a message: a toolbar at the row that the pointer, or the focus, is on.

use super::pointed::{Editing, Pointed};
use crate::{
    address::Address,
    chat::use_chat,
    platform,
    rooms::{DialogKind, OpenDialog, path_to},
    threads,
    widgets::{Icon, handle, live, live_view, regular},
};
use common::{MessageId, RoomId};
use leptos::{prelude::*, task::spawn_local};

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
            Some((id, message.seq, message.author == state.me, message.parent))
        })
    });
    let copied = RwSignal::new(None::<MessageId>);
    // Where the browser does not let pages copy, the details have the link in a field.
    let copy = move |id: MessageId, path: String| {
        spawn_local(async move {
            if platform::copy(&format!("{}{path}", platform::origin())).await {
                copied.try_set(Some(id));
            } else {
                dialogs.open(DialogKind::Message(id));
            }
        });
    };
    let top = move || format!("{}px", pointed.row().map_or(0, |(_, top)| top));
    live_view(move || {
        shown.get().map(|(id, seq, is_own, parent)| {
            let path = parent.map_or_else(|| path_to(room, seq), |parent| threads::path_of(room, parent));
            let (label, icon) = if copied.get() == Some(id) {
                ("Link copied", regular(phosphor_leptos::CHECK))
            } else {
                ("Copy link", regular(phosphor_leptos::LINK_SIMPLE))
            };
            let in_room = parent.is_none().then(|| {
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
            view! {
                <div class="actions" role="toolbar" aria-label="Message actions" style:top=live(top)>
                    {in_room}
                    <button class="icon-button" type="button" aria-label=label title=label on:click=handle(move |_| copy(id, path.clone()))>
                        <Icon paths=icon/>
                    </button>
                    {own}
                </div>
            }
        })
    })
}
