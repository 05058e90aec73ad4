//! Who is in a room, and the way out of it: a panel.

use super::members_of;
use crate::{
    address::Address,
    chat::use_chat,
    platform,
    state::Room,
    widgets::{Problem, avatar_of, live},
};
use common::{
    PersonId, RoomId,
    rooms::{LeaveRoom, RoomKind},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Members(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let members = chat.select(move |state| {
        let mut members = state.rooms.get(&room).map(members_of).unwrap_or_default().to_vec();
        members.sort_by_key(|id| {
            (!state.is_online(*id), state.people.get(id).map(|person| platform::lowercase(&person.name)))
        });
        members
    });
    let can_leave = chat.peek(|state| state.rooms.get(&room).is_some_and(|room| room.summary.kind != RoomKind::Direct));
    let complete = chat.select(move |state| state.rooms.get(&room).map(in_words).unwrap_or_default());
    view! {
        <ul class="people">
            <For each=move || members.get() key=|id| *id let:person><Member person/></For>
        </ul>
        <p class="panel-note">{live(move || complete.get())}</p>
        {can_leave.then(|| view! { <LeaveButton room/> })}
    }
}

/// How much of the room's log is here.
fn in_words(room: &Room) -> String {
    if room.complete < room.summary.seq {
        format!("Complete to #{}; the room is at #{}", room.complete, room.summary.seq)
    } else {
        format!("Complete to #{}", room.complete)
    }
}

#[component]
fn Member(person: PersonId) -> impl IntoView {
    let chat = use_chat();
    let known = chat.select(move |state| state.person(person));
    let is_online = chat.select(move |state| state.is_online(person));
    view! {
        <li class="person">
            <span class="with-presence" data-online=move || is_online.get().to_string()>{move || avatar_of(known.get().as_deref())}</span>
            <span class="person-name">{move || known.get().map(|person| person.name.clone())}</span>
            <span class="person-handle">{move || known.get().map(|person| format!("@{}", person.handle))}</span>
            <span class="visually-hidden">{move || if is_online.get() { "online" } else { "offline" }}</span>
        </li>
    }
}

#[component]
fn LeaveButton(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let address = Address::of_page();
    let problem = RwSignal::new(None::<String>);
    let leave = move |_| {
        let left = chat.send(LeaveRoom { room });
        spawn_local(async move {
            match left.await {
                Ok(()) => address.go("/"),
                Err(failure) => problem.set(Some(failure.sentence())),
            }
        });
    };
    view! {
        <footer class="panel-foot">
            <button class="button" type="button" on:click=leave>"Leave this room"</button>
            <Problem sentence=problem/>
        </footer>
    }
}
