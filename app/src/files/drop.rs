//! Files that are dropped onto the window go to the composer of the room, or to that of the thread that they
//! are dropped onto.

use crate::{
    client::{OpenPanel, PanelKind, use_chat},
    platform,
    state::Conversation,
    ui::{effect, reactive_view},
};
use common::RoomId;
use leptos::{ev, prelude::*};

/// Takes what is dropped, and says so while something is held over the window.
#[component]
pub fn DropTarget(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let panels = OpenPanel::of_page();
    let is_over = RwSignal::new(false);
    let listeners = StoredValue::new(Vec::new());
    effect(move || {
        // Without this, the browser would leave the page and show the file.
        let over = window_event_listener(ev::dragover, move |event| {
            if platform::carries_files(&event) {
                event.prevent_default();
                if !is_over.get_untracked() {
                    is_over.set(true);
                }
            }
        });
        let leave = window_event_listener(ev::dragleave, move |event| {
            if event.related_target().is_none() {
                is_over.set(false);
            }
        });
        let drop = window_event_listener(ev::drop, move |event| {
            if platform::carries_files(&event) {
                event.prevent_default();
                is_over.set(false);
                let conversation = match panels.peek_kind() {
                    Some(PanelKind::Thread(room, parent)) if platform::is_in(".panel", &event) => {
                        Conversation::beside(room, parent)
                    }
                    Some(_) | None => Conversation::of(room),
                };
                chat.uploads.add(conversation, platform::dropped_files(&event));
            }
        });
        listeners.set_value(vec![over, leave, drop]);
    });
    on_cleanup(move || {
        let listeners = listeners.try_update_value(std::mem::take).unwrap_or_default();
        listeners.into_iter().for_each(WindowListenerHandle::remove);
    });
    reactive_view(move || {
        is_over.get().then(|| view! { <div class="drop-target"><p>"Drop files to add them to your message"</p></div> })
    })
}
