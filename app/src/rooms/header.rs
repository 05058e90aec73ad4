//! The header of the open room.

use super::{members_of, other_person};
use crate::{
    client::{Chat, DialogKind, OpenDialog, OpenPanel, PanelKind, use_chat},
    search::SearchButton,
    ui::{Icon, handle, reactive_view, regular, text},
};
use common::{
    RoomId, ServerEvent,
    notifications::Level,
    permissions::RoomAction,
    rooms::{RoomKind, RoomStarred, StarRoom},
};
use leptos::{prelude::*, task::spawn_local};
use phosphor_leptos::{ARROW_LEFT, BELL, BELL_SLASH, CARET_DOWN, HASH, LOCK_SIMPLE, PUSH_PIN, STAR, USER_PLUS, USERS};

#[component]
pub fn RoomHeader(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let panels = OpenPanel::of_page();
    let name =
        chat.select(move |state| state.rooms.get(&room).map(|room| state.room_name(&room.summary)).unwrap_or_default());
    let is = move |kind| chat.select(move |state| state.rooms.get(&room).is_some_and(|room| room.summary.kind == kind));
    let (is_public, is_private) = (is(RoomKind::Public), is(RoomKind::Private));
    let topic =
        chat.select(move |state| state.rooms.get(&room).map(|room| room.summary.topic.clone()).unwrap_or_default());
    let people = chat.select(move |state| state.rooms.get(&room).map_or(0, |room| members_of(room).len()).to_string());
    let mark = move || match (is_public.get(), is_private.get()) {
        (true, _) => Some(view! { <Icon paths=regular(HASH)/> }),
        (_, true) => Some(view! { <Icon paths=regular(LOCK_SIMPLE)/> }),
        (false, false) => None,
    };
    let is_direct = is(RoomKind::Direct);
    let can_invite =
        chat.select(move |state| state.standing(room).is_some_and(|standing| standing.may(RoomAction::Invite).is_ok()));
    let is_archived = chat.select(move |state| state.rooms.get(&room).is_some_and(|room| room.summary.archived));
    let other = chat.select(move |state| other_person(&state.rooms.get(&room)?.summary, state.me));
    let title = reactive_view(move || {
        let (about, kind) = match (other.get(), is_direct.get()) {
            (Some(other), _) => ("About this person", DialogKind::Person(other)),
            (None, false) => ("About this room", DialogKind::Settings(room)),
            // A room with several people links to its members instead.
            (None, true) => return view! { <span>{text(move || name.get())}</span> }.into_any(),
        };
        view! {
            <button class="room-title" type="button" aria-haspopup="dialog" title=about
                on:click=handle(move |_| dialogs.open(kind))>
                {mark()}<span>{text(move || name.get())}</span><Icon paths=regular(CARET_DOWN)/>
            </button>
        }
        .into_any()
    });
    let is_muted =
        chat.select(move |state| state.rooms.get(&room).is_some_and(|room| room.summary.level() == Level::None));
    let bell = reactive_view(move || {
        if is_muted.get() {
            view! { <Icon paths=regular(BELL_SLASH)/> }
        } else {
            view! { <Icon paths=regular(BELL)/> }
        }
    });
    view! {
        <header class="pane-header">
            <a class="icon-button only-narrow" href="/" aria-label="Back to the rooms"><Icon paths=regular(ARROW_LEFT)/></a>
            <div class="pane-title">
                <h1 id="room-title">{title}</h1>
                <p class="topic">
                    {reactive_view(move || is_archived.get().then(|| view! { <span class="badge">"Archived"</span> }))}
                    {text(move || topic.get())}
                </p>
            </div>
            <StarButton room/>
            {reactive_view(move || can_invite.get().then(|| view! {
                <button class="icon-button" type="button" aria-label="Invite people" title="Invite people"
                    on:click=handle(move |_| dialogs.open(DialogKind::Invite(room)))><Icon paths=regular(USER_PLUS)/></button>
            }))}
            <SearchButton panels/>
            <button class="icon-button bell" type="button" aria-label="Notifications" title="Notifications"
                on:click=handle(move |_| dialogs.open(DialogKind::Notifications(room)))>{bell}</button>
            <button class="icon-button" type="button" aria-label="Pinned messages" title="Pinned messages"
                aria-pressed=text(move || panels.is_open(PanelKind::Pins(room)).to_string())
                on:click=handle(move |_| panels.toggle(PanelKind::Pins(room)))><Icon paths=regular(PUSH_PIN)/></button>
            <button class="button quiet" type="button" aria-pressed=text(move || panels.is_open(PanelKind::Members(room)).to_string())
                aria-label=text(move || format!("Members: {}", people.get())) title="Members"
                on:click=handle(move |_| panels.toggle(PanelKind::Members(room)))>
                <Icon paths=regular(USERS)/><span>{text(move || people.get())}</span>
            </button>
        </header>
    }
}

#[component]
fn StarButton(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let is_starred = is_starred(chat, room);
    view! {
        <button class="icon-button star" type="button" aria-label="Star" title="Star: first in your sidebar"
            aria-pressed=text(move || is_starred.get().to_string()) on:click=handle(move |_| toggle_star(chat, room))><Icon paths=regular(STAR)/></button>
    }
}

pub fn is_starred(chat: Chat, room: RoomId) -> Memo<bool> {
    chat.select(move |state| state.rooms.get(&room).is_some_and(|room| room.summary.starred))
}

/// Stars or unstars the room, on all devices of the user.
pub fn toggle_star(chat: Chat, room: RoomId) {
    let starred = chat.peek(|state| state.rooms.get(&room).is_some_and(|room| !room.summary.starred));
    let done = chat.send(StarRoom { room, starred });
    spawn_local(async move {
        match done.await {
            Ok(()) => chat.hear(ServerEvent::RoomStarred(RoomStarred { room, starred })),
            Err(failure) => leptos::logging::warn!("the room was not starred: {}", failure.sentence()),
        }
    });
}
