//! A room in the sidebar.

use super::{other_person, path_of};
use crate::{
    address::{Address, Place},
    client::{DialogKind, OpenDialog, use_chat},
    people::status_mark,
    state::{ChatState, Here, Room},
    ui::{Icon, avatar_of, handle, reactive_view, regular, text},
};
use common::{RoomId, limits, notifications::Level, people::Person, rooms::RoomKind};
use leptos::prelude::*;
use phosphor_leptos::{HASH, LOCK_SIMPLE, USERS};
use std::sync::Arc;

#[derive(Clone, PartialEq)]
struct Shown {
    name: String,
    kind: RoomKind,
    badge: Badge,
    other: Option<Arc<Person>>,
    here: Here,
}

#[component]
pub fn RoomRow(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let address = Address::of_page();
    let shown = chat.select(move |state| state.rooms.get(&room).map(|room| shown(state, room)));
    let badge = Memo::new(move |_| shown.read().as_ref().map(|shown| shown.badge).unwrap_or_default());
    let name = move || shown.read_untracked().as_ref().map(|shown| shown.name.clone()).unwrap_or_default();
    let is_unread = text(move || badge.get().is_bold().to_string());
    let is_current = text(move || (address.place() == Place::Room(Some(room))).then_some("page"));
    view! {
        <li class="room-row" data-unread=is_unread>
            <a href=path_of(room) aria-current=is_current>
                {reactive_view(move || shown.get().map(face))}
            </a>
            {reactive_view(move || badge.get().is_there().then(|| view! { <BadgeButton room badge=badge.get() name=name()/> }))}
        </li>
    }
}

fn shown(state: &ChatState, room: &Room) -> Shown {
    let other = other_person(&room.summary, state.me);
    Shown {
        name: state.room_name(&room.summary),
        kind: room.summary.kind,
        badge: Badge {
            unread: room.summary.unread,
            mentions: room.summary.mentions.len().try_into().unwrap_or(u32::MAX),
            is_direct: room.summary.kind == RoomKind::Direct && room.summary.level() == Level::All,
            is_muted: room.summary.level() == Level::None,
        },
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
    view! {
        <span class="room-mark">{mark}</span>
        <span class="room-name">{shown.name}{status_mark(shown.other.as_deref())}</span>
        <span class="visually-hidden">{shown.badge.in_words()}</span>
    }
}

/// What a room's badge says.
#[derive(Clone, Copy, Default, PartialEq)]
struct Badge {
    unread: u32,
    mentions: u32,
    /// Everything is for oneself here.
    is_direct: bool,
    /// The room is muted: mentions show quietly, everything else is hidden.
    is_muted: bool,
}

impl Badge {
    fn is_bold(self) -> bool {
        self.unread > 0 && !self.is_muted
    }

    fn is_there(self) -> bool {
        self.is_bold() || self.mentions > 0
    }

    /// What is only counted.
    fn count(self) -> Option<u32> {
        (self.is_bold() && !self.is_direct).then_some(self.unread)
    }

    /// What is for oneself.
    fn pill(self) -> Option<u32> {
        Some(if self.is_direct { self.unread } else { self.mentions }).filter(|count| *count > 0)
    }

    fn in_words(self) -> String {
        let unread = if self.is_bold() { format!(", unread: {}", counted(self.unread)) } else { String::new() };
        let mentions =
            if self.mentions > 0 { format!(", mentions: {}", counted(self.mentions)) } else { String::new() };
        unread + &mentions
    }
}

/// The badge, which explains itself when it is asked.
#[component]
fn BadgeButton(room: RoomId, badge: Badge, name: String) -> impl IntoView {
    let dialogs = OpenDialog::of_page();
    let label = format!("Why this badge? {name}");
    view! {
        <button class="room-badge" type="button" aria-label=label title="Why this badge?" data-quiet=badge.is_muted.to_string()
            on:click=handle(move |_| dialogs.open(DialogKind::Notifications(room)))>
            {badge.count().map(|count| view! { <span class="room-unread">{counted(count)}</span> })}
            {badge.pill().map(|count| view! { <span class="room-pill">{counted(count)}</span> })}
        </button>
    }
}

/// A count that is not shown further than its limit.
pub fn counted(unread: u32) -> String {
    if unread >= limits::UNREAD_SHOWN { "99+".into() } else { unread.to_string() }
}
