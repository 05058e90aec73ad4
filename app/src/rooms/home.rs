//! The pane when no room is open: the public rooms, to go to or to join.

use super::{entered, path_of};
use crate::{
    address::Address,
    client::{DialogKind, OpenDialog, use_chat},
    state::ChatState,
    ui::{Icon, Problem, effect, reactive_view, regular, track},
};
use common::{
    RoomId,
    rooms::{JoinRoom, ListRooms, RoomCard, RoomKind, RoomSummary},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn HomePane() -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let cards = RwSignal::new(None::<Vec<RoomCard>>);
    let problem = RwSignal::new(None::<String>);
    let is_live = chat.is_live();
    let mine = chat.select(|state| {
        state
            .rooms
            .values()
            .map(|room| (room.summary.id, room.summary.name.clone(), room.summary.archived))
            .collect::<Vec<_>>()
    });
    let is_archive = RwSignal::new(false);
    let own_archive = chat.select(own_archive);
    effect(move || {
        chat.show(None);
        track(mine);
        if is_live.get() {
            let listed = chat.send(ListRooms {});
            spawn_local(async move {
                match listed.await {
                    Ok(listed) => cards.set(Some(listed)),
                    Err(failure) => problem.set(Some(failure.sentence())),
                }
            });
        }
    });
    view! {
        <section class="pane home" aria-labelledby="home-title">
            <header class="pane-header">
                <a class="icon-button only-narrow" href="/" aria-label="Back to the rooms"><Icon paths=regular(phosphor_leptos::ARROW_LEFT)/></a>
                <h1 id="home-title">"All rooms"</h1>
                <button class="button" type="button" on:click=move |_| dialogs.open(DialogKind::Create)>"Create a room"</button>
            </header>
            <div class="pane-body">
                <Problem sentence=problem/>
                <label class="check">
                    <input type="checkbox" bind:checked=is_archive/>
                    <span>"Archived rooms"</span>
                </label>
                {reactive_view(move || match cards.get() {
                    None => view! { <p class="loading">"Loading rooms…"</p> }.into_any(),
                    Some(mut cards) => {
                        let is_archive = is_archive.get();
                        cards.retain(|card| card.archived == is_archive);
                        if is_archive {
                            cards.extend(own_archive.get());
                        }
                        view! { <RoomCards cards is_archive/> }.into_any()
                    }
                })}
            </div>
        </section>
    }
}

/// Your archived private rooms. Archived public rooms are in the list for everyone.
fn own_archive(state: &ChatState) -> Vec<RoomCard> {
    let summaries = state.rooms.values().map(|room| &room.summary);
    let archived = summaries.filter(|summary| summary.archived && summary.kind == RoomKind::Private);
    let card = |summary: &RoomSummary| RoomCard {
        id: summary.id,
        name: summary.name.clone(),
        topic: summary.topic.clone(),
        members: 0,
        joined: true,
        archived: true,
    };
    archived.map(card).collect()
}

#[component]
fn RoomCards(cards: Vec<RoomCard>, is_archive: bool) -> impl IntoView {
    if cards.is_empty() {
        let words = if is_archive { "No archived rooms." } else { "No public rooms yet. Create the first room." };
        return view! { <p class="empty">{words}</p> }.into_any();
    }
    view! { <ul class="room-cards">{cards.into_iter().map(|card| view! { <RoomCardRow card/> }).collect_view()}</ul> }
        .into_any()
}

#[component]
fn RoomCardRow(card: RoomCard) -> impl IntoView {
    let people = match card.members {
        // The number of members of a private room is not known here.
        0 if card.joined => "Private".to_owned(),
        1 => "1 person".to_owned(),
        many => format!("{many} people"),
    };
    let id = card.id;
    view! {
        <li class="room-card">
            <div class="room-card-words">
                <h2><a href=path_of(id)><Icon paths=regular(phosphor_leptos::HASH)/>{card.name}</a></h2>
                <p>{card.topic}</p>
                <p class="room-card-people">{people}</p>
            </div>
            {if card.joined {
                view! { <a class="button" href=path_of(id)>"Open"</a> }.into_any()
            } else {
                view! { <JoinButton room=id/> }.into_any()
            }}
        </li>
    }
}

/// Joins a public room and goes there.
#[component]
pub fn JoinButton(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let address = Address::of_page();
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let join = move |_| {
        is_busy.set(true);
        let joined = chat.send(JoinRoom { room });
        spawn_local(async move {
            if let Some(path) = entered(chat, joined, problem).await {
                address.go(&path);
            }
            is_busy.try_set(false);
        });
    };
    view! {
        <div class="join">
            <button class="button primary" type="button" disabled=is_busy on:click=join>"Join"</button>
            <Problem sentence=problem/>
        </div>
    }
}
