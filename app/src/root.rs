//! The app: which page it shows depends on the address and on who asks.

use crate::{accounts::EntryPage, address::Address, client::Chat, lazy, page::ChatPage, title, ui::Zone};
use common::page::{Page, Snapshot};
use leptos::prelude::*;

#[component]
pub fn App(page: Page) -> impl IntoView {
    provide_context(lazy::parts::LOADER);
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
    #[cfg(feature = "browser")]
    crate::ui::effect(move || crate::client::keep_connected(chat));
    let address = Address::of_page();
    title::keep(move || chat.with(|state| title::of_chat(state, address.place())));
    let badge = chat.select(|state| state.badge());
    title::keep_badge(move || badge.get());
    view! { <ChatPage/> }
}
