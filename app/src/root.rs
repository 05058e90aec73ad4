//! The app: which page it shows depends on the address and on who asks.

use crate::{
    accounts::EntryPage,
    address::Address,
    chat::{Chat, ChatPage},
    platform,
    widgets::Zone,
};
use common::page::{Page, Snapshot};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Zone::provide();
    Address::provide();
    match platform::initial_page() {
        Some(Page::Chat(snapshot)) => view! { <SignedIn snapshot=*snapshot/> }.into_any(),
        Some(Page::Visitor(workspace)) => view! { <EntryPage workspace=Some(workspace)/> }.into_any(),
        Some(Page::SetUp) | None => view! { <EntryPage workspace=None/> }.into_any(),
    }
}

#[component]
fn SignedIn(snapshot: Snapshot) -> impl IntoView {
    let name = snapshot.workspace.name.clone();
    let titled = move |text: String| if text.is_empty() { name.clone() } else { format!("{text} · {name}") };
    let chat = Chat::new(snapshot);
    provide_context(chat);
    Effect::new(move |_| platform::keep_connected(chat));
    view! { <Title formatter=titled text=""/><ChatPage/> }
}

/// For an address that is no page's.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Title text="Not found"/>
        <main class="card-page">
            <div class="card">
                <h1>"There is no such page"</h1>
                <p>"The address may be mistyped, or the page may have moved."</p>
                <p><a class="button" href="/" rel="external">"Go to the chat"</a></p>
            </div>
        </main>
    }
}
