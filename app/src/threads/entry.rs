//! The link to the user's threads, in the sidebar.

use super::foot::marks;
use crate::{
    client::{OpenPanel, PanelKind, use_chat},
    ui::{Icon, handle, reactive_view, regular, text},
};
use leptos::prelude::*;

#[component]
pub fn ThreadsEntry() -> impl IntoView {
    let chat = use_chat();
    let panels = OpenPanel::of_page();
    let unread = chat.select(|state| (state.unread_replies(), state.mentions_in_threads()));
    let not_sent = chat.select(|state| state.refused_replies().len());
    view! {
        <button class="sidebar-entry" type="button" data-unread=text(move || (unread.get().0 > 0).to_string())
            aria-pressed=text(move || panels.is_open(PanelKind::Threads).to_string())
            on:click=handle(move |_| panels.toggle(PanelKind::Threads))>
            <span class="room-mark"><Icon paths=regular(phosphor_leptos::CHATS_CIRCLE)/></span>
            <span class="room-name">"Threads"</span>
            {reactive_view(move || (not_sent.get() > 0).then(|| view! {
                <span class="unread-mark not-sent"><span class="visually-hidden">", not sent: "</span>{not_sent.get().to_string()}</span>
            }))}
            {marks(unread)}
        </button>
    }
}
