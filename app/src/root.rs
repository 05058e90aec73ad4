//! The app: which page it shows depends on the address and on who asks.

use crate::{
    accounts::EntryPage,
    address::Address,
    client::Chat,
    page::ChatPage,
    platform, title,
    ui::{Zone, follow},
};
use common::page::{Page, Snapshot};
use leptos::prelude::*;

#[component]
pub fn App(page: Page) -> impl IntoView {
    Zone::provide();
    Address::provide();
    match page {
        Page::Chat(snapshot) => view! { <SignedIn snapshot=*snapshot/> }.into_any(),
        Page::Visitor(workspace) => view! { <EntryPage workspace=Some(workspace)/> }.into_any(),
        Page::SetUp => view! { <EntryPage workspace=None/> }.into_any(),
    }
}

#[component]
fn SignedIn(snapshot: Snapshot) -> impl IntoView {
    let chat = Chat::new(snapshot);
    provide_context(chat);
    follow(move || platform::keep_connected(chat));
    let address = Address::of_page();
    title::keep(move || chat.with(|state| title::of_chat(state, address.place())));
    let badge = chat.select(|state| state.badge());
    title::keep_badge(move || badge.get());
    view! { <ChatPage/> }
}

/// For an address that is no page's.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <main class="card-page">
            <div class="card">
                <h1>"There is no such page"</h1>
                <p>"The address may be mistyped, or the page may have moved."</p>
                <p><a class="button" href="/" rel="external">"Go to the chat"</a></p>
            </div>
        </main>
    }
}
