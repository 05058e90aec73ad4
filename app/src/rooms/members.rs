//! Who is in a room, and the way out of it: a panel.

use super::members_of;
use crate::{
    address::Address,
    client::{DialogKind, OpenDialog, use_chat},
    failure::Failure,
    people::status_mark,
    platform,
    state::Room,
    ui::{Icon, Problem, avatar_of, handle, keyed_list, reactive_view, regular, text},
};
use common::{
    CommandId, PersonId, RoomId,
    permissions::{RoomAction, RoomRole},
    rooms::{ChangeMember, LeaveRoom, RemoveMember, RoomKind},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Members(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let members = chat.select(move |state| {
        let mut members = state.rooms.get(&room).map(members_of).unwrap_or_default().to_vec();
        members
            .sort_by_key(|id| (state.here(*id), state.people.get(id).map(|person| platform::lowercase(&person.name))));
        members
    });
    let can_leave = chat.peek(|state| state.rooms.get(&room).is_some_and(|room| room.summary.kind != RoomKind::Direct));
    let problem = RwSignal::new(None::<String>);
    let complete = chat.select(move |state| state.rooms.get(&room).map(in_words).unwrap_or_default());
    view! {
        <ul class="people">
            {keyed_list(move || members.get(), ToString::to_string, move |person| view! { <Member room person problem/> })}
        </ul>
        <Problem sentence=problem/>
        <p class="panel-note">{text(move || complete.get())}</p>
        {can_leave.then(|| view! { <Foot room/> })}
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
fn Member(room: RoomId, person: PersonId, problem: RwSignal<Option<String>>) -> impl IntoView {
    let chat = use_chat();
    let known = chat.select(move |state| state.person(person));
    let dialogs = OpenDialog::of_page();
    let here = chat.select(move |state| state.here(person));
    let is_owner = chat.select(move |state| state.rooms.get(&room).is_some_and(|room| room.owners.contains(&person)));
    let may_change = chat.select(move |state| {
        person != state.me && state.standing(room).is_some_and(|standing| standing.may(RoomAction::SetRole).is_ok())
    });
    view! {
        <li class="person">
            <span class="with-presence" data-here=text(move || here.get().name())>{reactive_view(move || avatar_of(known.get().as_deref()))}</span>
            <span class="person-words">
                <button class="person-name" type="button" on:click=handle(move |_| dialogs.open(DialogKind::Person(person)))>
                    {text(move || known.get().map(|person| person.name.clone()))}
                    {reactive_view(move || status_mark(known.get().as_deref()))}
                </button>
                <span class="person-handle">{text(move || known.get().map(|person| format!("@{}", person.handle)))}</span>
            </span>
            {reactive_view(move || is_owner.get().then(|| view! { <span class="badge">"Owner"</span> }))}
            <span class="visually-hidden">{text(move || here.get().name())}</span>
            {reactive_view(move || may_change.get().then(|| view! { <MemberMenu room person is_owner problem/> }))}
        </li>
    }
}

/// What an owner of the room can do with another member.
#[component]
fn MemberMenu(
    room: RoomId,
    person: PersonId,
    is_owner: Memo<bool>,
    problem: RwSignal<Option<String>>,
) -> impl IntoView {
    let chat = use_chat();
    let name = chat.peek(|state| state.person(person)).map(|person| person.name.clone()).unwrap_or_default();
    let is_open = RwSignal::new(false);
    let told = move |answer: Result<(), Failure>| {
        problem.try_set(answer.err().map(|failure| failure.sentence()));
    };
    let change_role = move |_| {
        is_open.set(false);
        let role = if is_owner.get_untracked() { RoomRole::Member } else { RoomRole::Owner };
        let changed = chat.send(ChangeMember { id: CommandId::new(), room, person, role });
        spawn_local(async move { told(changed.await) });
    };
    let remove = move |_| {
        is_open.set(false);
        let removed = chat.send(RemoveMember { id: CommandId::new(), room, person });
        spawn_local(async move { told(removed.await) });
    };
    view! {
        <div class="member-menu">
            <button class="icon-button" type="button" aria-label=format!("More about {name}") title="More"
                aria-expanded=text(move || is_open.get().to_string()) on:click=handle(move |_| is_open.update(|open| *open = !*open))>
                <Icon paths=regular(phosphor_leptos::DOTS_THREE)/>
            </button>
            {reactive_view(move || is_open.get().then(|| view! {
                <div class="menu">
                    <button type="button" on:click=handle(change_role)>
                        {if is_owner.get_untracked() { "Make a member" } else { "Make an owner" }}
                    </button>
                    <button type="button" on:click=handle(remove)>"Remove from this room"</button>
                </div>
            }))}
        </div>
    }
}

/// The ways in and out.
#[component]
fn Foot(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let may_invite =
        chat.select(move |state| state.standing(room).is_some_and(|standing| standing.may(RoomAction::Invite).is_ok()));
    view! {
        <footer class="panel-foot">
            {reactive_view(move || may_invite.get().then(|| view! {
                <button class="button" type="button" on:click=handle(move |_| dialogs.open(DialogKind::Invite(room)))>"Add people"</button>
            }))}
            <LeaveButton room/>
        </footer>
    }
}

/// Leaves the room, and goes where all rooms are.
#[component]
pub fn LeaveButton(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let address = Address::of_page();
    let dialogs = OpenDialog::of_page();
    let problem = RwSignal::new(None::<String>);
    let leave = move |_| {
        let left = chat.send(LeaveRoom { room });
        spawn_local(async move {
            match left.await {
                Ok(()) => {
                    dialogs.close();
                    address.go("/");
                }
                Err(failure) => {
                    problem.try_set(Some(failure.sentence()));
                }
            }
        });
    };
    view! {
        <button class="button" type="button" on:click=handle(leave)>"Leave this room"</button>
        <Problem sentence=problem/>
    }
}
