//! The page of those who are signed in: sidebar and main pane.

use super::{link::SignedOutNotice, sidebar::Sidebar, use_chat};
use crate::{platform, rooms::{DialogHost, OpenDialog}, state::Change};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};
use std::time::Duration;

#[component]
pub fn ChatPage() -> impl IntoView {
    let path = use_location().pathname;
    let is_home = move || path.with(|path| path == "/");
    expire_typing();
    OpenDialog::provide();
    view! {
        <div class="chat" data-home=move || is_home().to_string()>
            <a class="skip-link" href="#main">"Skip to the conversation"</a>
            <Sidebar/>
            <main id="main" class="main"><Outlet/></main>
            <DialogHost/>
            <SignedOutNotice/>
        </div>
    }
}

/// Every second, while somebody types, looks whether they still do.
fn expire_typing() {
    let chat = use_chat();
    let somebody_types = chat.select(|state| !state.typing.is_empty());
    Effect::new(move |_| {
        if !somebody_types.get() {
            return;
        }
        let tick = move || chat.apply(Change::Ticked(platform::now()));
        if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });
}
