//! The app: which page it shows depends on the address and on who asks.

use crate::{
    accounts::{ProfilePage, SetUpPage, SignInPage, SignUpPage},
    chat::{Chat, ChatPage},
    platform,
    rooms::{HomePane, RoomPane},
    widgets::Zone,
};
use common::page::Page;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    components::{ParentRoute, Route, Router, Routes},
    path,
};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Zone::provide();
    let page = platform::initial_page();
    let workspace = match &page {
        Some(Page::Visitor(workspace)) => Some(workspace.clone()),
        Some(Page::Chat(snapshot)) => Some(snapshot.workspace.clone()),
        Some(Page::SetUp) | None => None,
    };
    let name = workspace.as_ref().map_or("Hubbub".to_owned(), |workspace| workspace.name.clone());
    provide_context(workspace);
    if let Some(Page::Chat(snapshot)) = page {
        let chat = Chat::new(*snapshot);
        provide_context(chat);
        Effect::new(move |_| platform::keep_connected(chat));
    }
    let title = move |text: String| if text.is_empty() { name.clone() } else { format!("{text} · {name}") };
    view! {
        <Title formatter=title text=""/>
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/setup") view=SetUpPage/>
                <Route path=path!("/sign-in") view=SignInPage/>
                <Route path=path!("/sign-up") view=SignUpPage/>
                <ParentRoute path=path!("") view=SignedIn>
                    <Route path=path!("") view=HomePane/>
                    <Route path=path!("/browse") view=HomePane/>
                    <Route path=path!("/rooms/:room") view=RoomPane/>
                    <Route path=path!("/profile") view=ProfilePage/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// The chat, for those who are signed in; for others the way in. (The server redirects; a client
/// that was built without one comes here.)
#[component]
fn SignedIn() -> impl IntoView {
    match use_context::<Chat>() {
        Some(_) => view! { <ChatPage/> }.into_any(),
        None if use_context::<Option<common::page::Workspace>>().flatten().is_some() => view! { <SignInPage/> }.into_any(),
        None => view! { <SetUpPage/> }.into_any(),
    }
}

#[component]
fn NotFound() -> impl IntoView {
    view! {
        <Title text="Not found"/>
        <main class="card-page">
            <div class="card">
                <h1>"There is no such page"</h1>
                <p>"The address may be mistyped, or the page may have moved."</p>
                <p><a class="button" href="/">"Go to the chat"</a></p>
            </div>
        </main>
    }
}
