//! The pane when no room is open: the public rooms, to go to or to join.

use super::{DialogKind, OpenDialog, path_of};
use crate::{
    address::Address,
    chat::use_chat,
    state::Change,
    widgets::{Icon, Problem, follow, regular},
};
use common::{
    RoomId,
    rooms::{JoinRoom, ListRooms, RoomCard},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn HomePane() -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let cards = RwSignal::new(None::<Vec<RoomCard>>);
    let problem = RwSignal::new(None::<String>);
    let is_live = chat.is_live();
    let mine = chat.select(|state| state.rooms.keys().copied().collect::<Vec<_>>());
    follow(move || {
        chat.show(None);
        mine.track();
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
                {move || match cards.get() {
                    None => view! { <p class="loading">"Looking for rooms…"</p> }.into_any(),
                    Some(cards) => view! { <RoomCards cards/> }.into_any(),
                }}
            </div>
        </section>
    }
}

#[component]
fn RoomCards(cards: Vec<RoomCard>) -> impl IntoView {
    if cards.is_empty() {
        return view! { <p class="empty">"There is no public room yet. Create the first one."</p> }.into_any();
    }
    view! { <ul class="room-cards">{cards.into_iter().map(|card| view! { <RoomCardRow card/> }).collect_view()}</ul> }
        .into_any()
}

#[component]
fn RoomCardRow(card: RoomCard) -> impl IntoView {
    let people = if card.members == 1 { "1 person".to_owned() } else { format!("{} people", card.members) };
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
            match joined.await {
                Ok(summary) => {
                    chat.apply(Change::Entered(summary));
                    address.go(&path_of(room));
                }
                Err(failure) => problem.set(Some(failure.sentence())),
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
