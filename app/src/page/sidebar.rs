//! The sidebar: the workspace, your rooms, and the connection.

use super::status::LinkStatus;
use crate::{
    address::{Address, Place},
    client::{DialogKind, OpenDialog, use_chat},
    platform,
    rooms::RoomRow,
    search::Finders,
    state::ChatState,
    threads::ThreadsEntry,
    ui::{Icon, avatar_of, handle, keyed_list, reactive_view, regular, text},
};
use common::{
    RoomId,
    rooms::{RoomKind, RoomSummary},
};
use leptos::prelude::*;
use litemap::LiteMap;
use phosphor_leptos::PLUS;

#[component]
pub fn Sidebar() -> impl IntoView {
    let chat = use_chat();
    let starred = chat.select(|state| listed(state, |summary| summary.starred));
    let rooms = chat.select(|state| listed(state, |summary| !summary.starred && summary.kind != RoomKind::Direct));
    let direct = chat.select(|state| listed(state, |summary| !summary.starred && summary.kind == RoomKind::Direct));
    let has_starred = Memo::new(move |_| !starred.with(Vec::is_empty));
    view! {
        <nav class="sidebar" aria-label="Rooms">
            <WorkspaceMenu/>
            <Finders/>
            <div class="sidebar-rooms">
                <ThreadsEntry/>
                <SavedLink/>
                {reactive_view(move || has_starred.get().then(|| view! { <Section title="Starred" rooms=starred/> }))}
                <Section title="Rooms" rooms add=(DialogKind::Create, "Create a room")/>
                <p class="sidebar-more"><a href="/browse">"Browse all rooms"</a></p>
                <Section title="Direct" rooms=direct add=(DialogKind::Direct, "Start a direct conversation")/>
            </div>
            <Foot/>
        </nav>
    }
}

/// Rooms of a kind that are not archived: public and private ones by name, direct conversations by the
/// others' names.
fn listed(state: &ChatState, belongs: impl Fn(&RoomSummary) -> bool) -> Vec<RoomId> {
    let summaries = state.rooms.values().map(|room| &room.summary);
    let summaries = summaries.filter(|summary| !summary.archived && belongs(summary));
    let mut named = LiteMap::new_vec();
    for summary in summaries {
        named.insert((platform::lowercase(&state.room_name(summary)), summary.id), ());
    }
    named.keys().map(|(_, id)| *id).collect()
}

#[component]
fn WorkspaceMenu() -> impl IntoView {
    let chat = use_chat();
    let name = chat.select(|state| state.workspace.name.clone());
    let is_admin = chat.select(|state| state.is_admin());
    view! {
        <details class="workspace-menu">
            <summary><span class="workspace-name">{name}</span><Icon paths=regular(phosphor_leptos::CARET_DOWN)/></summary>
            <div class="menu">
                <a href="/profile">"Your profile"</a>
                {reactive_view(move || is_admin.get().then(|| view! { <a href="/admin">"Console"</a> }))}
                <button type="button" on:click=handle(move |_| chat.mark_all_read())>"Mark all as read"</button>
                <form method="post" action="/session/end"><button type="submit">"Sign out"</button></form>
            </div>
        </details>
    }
}

/// Links to the saved messages.
#[component]
fn SavedLink() -> impl IntoView {
    let address = Address::of_page();
    view! {
        <p class="room-row">
            <a href="/saved" aria-current=text(move || (address.place() == Place::Saved).then_some("page"))>
                <span class="room-mark"><Icon paths=regular(phosphor_leptos::BOOKMARK_SIMPLE)/></span>
                <span class="room-name">"Saved messages"</span>
            </a>
        </p>
    }
}

/// `add` opens the dialog that makes a new room.
#[component]
fn Section(
    title: &'static str,
    #[prop(into)] rooms: Signal<Vec<RoomId>>,
    #[prop(optional, into)] add: Option<(DialogKind, &'static str)>,
) -> impl IntoView {
    let dialogs = OpenDialog::of_page();
    view! {
        <section class="sidebar-section">
            <header>
                <h2>{title}</h2>
                {add.map(|(dialog, words)| view! {
                    <button class="icon-button" type="button" aria-label=words title=words on:click=handle(move |_| dialogs.open(dialog))>
                        <Icon paths=regular(PLUS)/>
                    </button>
                })}
            </header>
            <ul>
                {keyed_list(move || rooms.get(), ToString::to_string, |room| view! { <RoomRow room/> })}
            </ul>
        </section>
    }
}

#[component]
fn Foot() -> impl IntoView {
    let chat = use_chat();
    let me = chat.select(|state| state.person(state.me));
    view! {
        <footer class="sidebar-foot">
            {reactive_view(move || avatar_of(me.get().as_deref()))}
            <div class="sidebar-me">
                <p class="sidebar-name">{text(move || me.get().map(|me| me.name.clone()).unwrap_or_default())}</p>
                <LinkStatus/>
            </div>
        </footer>
    }
}
