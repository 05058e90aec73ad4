//! The way to one's threads, in the sidebar.

use super::foot::counted;
use crate::{
    chat::use_chat,
    rooms::{OpenPanel, PanelKind},
    widgets::{Icon, handle, live, live_view, regular},
};
use leptos::prelude::*;

#[component]
pub fn ThreadsEntry() -> impl IntoView {
    let panels = OpenPanel::of_page();
    let unread = use_chat().select(|state| state.unread_replies());
    view! {
        <button class="sidebar-entry" type="button" data-unread=live(move || (unread.get() > 0).to_string())
            aria-pressed=live(move || panels.is_open(PanelKind::Threads).to_string())
            on:click=handle(move |_| panels.toggle(PanelKind::Threads))>
            <span class="room-mark"><Icon paths=regular(phosphor_leptos::CHATS_CIRCLE)/></span>
            <span class="room-name">"Threads"</span>
            {live_view(move || (unread.get() > 0).then(|| view! {
                <span class="unread-mark"><span class="visually-hidden">", unread: "</span>{counted(unread.get())}</span>
            }))}
        </button>
    }
}
