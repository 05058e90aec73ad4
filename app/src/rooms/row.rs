//! A room in the sidebar.

use super::{other_person, path_of};
use crate::{
    address::{Address, Place},
    chat::use_chat,
    people::status_mark,
    state::{ChatState, Here, Room},
    widgets::{Icon, avatar_of, live, live_view, regular},
};
use common::{RoomId, limits, people::Person, rooms::RoomKind};
use leptos::prelude::*;
use phosphor_leptos::{HASH, LOCK_SIMPLE, USERS};
use std::sync::Arc;

#[derive(Clone, PartialEq)]
struct Shown {
    name: String,
    kind: RoomKind,
    unread: u32,
    mentions: usize,
    other: Option<Arc<Person>>,
    here: Here,
}

#[component]
pub fn RoomRow(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let address = Address::of_page();
    let shown = chat.select(move |state| state.rooms.get(&room).map(|room| shown(state, room)));
    let is_unread = live(move || shown.read().as_ref().is_some_and(|shown| shown.unread > 0).to_string());
    let is_current = live(move || (address.place() == Place::Room(Some(room))).then_some("page"));
    view! {
        <li class="room-row" data-unread=is_unread>
            <a href=path_of(room) aria-current=is_current>
                {live_view(move || shown.get().map(face))}
            </a>
        </li>
    }
}

fn shown(state: &ChatState, room: &Room) -> Shown {
    let other = other_person(&room.summary, state.me);
    Shown {
        name: state.room_name(&room.summary),
        kind: room.summary.kind,
        unread: room.summary.unread,
        mentions: room.summary.mentions.len(),
        other: other.and_then(|id| state.person(id)),
        here: other.map_or(Here::Offline, |id| state.here(id)),
    }
}

fn face(shown: Shown) -> impl IntoView {
    let mark = match (shown.kind, &shown.other) {
        (RoomKind::Public, _) => view! { <Icon paths=regular(HASH)/> }.into_any(),
        (RoomKind::Private, _) => view! { <Icon paths=regular(LOCK_SIMPLE)/> }.into_any(),
        (RoomKind::Direct, None) => view! { <Icon paths=regular(USERS)/> }.into_any(),
        (RoomKind::Direct, Some(other)) => {
            view! { <span class="with-presence" data-here=shown.here.name()>{avatar_of(Some(other))}</span> }.into_any()
        }
    };
    // In a conversation of a few, everything is for oneself.
    let (unread, pill) =
        if shown.kind == RoomKind::Direct { ("room-pill", 0) } else { ("room-unread", shown.mentions) };
    view! {
        <span class="room-mark">{mark}</span>
        <span class="room-name">{shown.name}{status_mark(shown.other.as_deref())}</span>
        {(shown.unread > 0).then(|| view! { <span class=unread><span class="visually-hidden">", unread: "</span>{counted(shown.unread)}</span> })}
        {(pill > 0).then(|| view! { <span class="room-pill" title="Mentions"><span class="visually-hidden">", mentions: "</span>{counted(pill.try_into().unwrap_or(u32::MAX))}</span> })}
    }
}

/// A count that is not counted further than its limit.
pub fn counted(unread: u32) -> String {
    if unread >= limits::UNREAD_COUNTED { "99+".into() } else { unread.to_string() }
}
