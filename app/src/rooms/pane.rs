//! The pane of the room in the address: its conversation, or why there is none.

use super::header::RoomHeader;
use crate::{
    client::{Chat, use_chat},
    lazy::{Later, Part},
    messages::Conversation,
    state::ChatState,
    ui::{follow, live_view},
};
use common::{RoomId, rooms::RoomCard};
use leptos::prelude::*;

/// What can be shown of a room.
#[derive(Clone, PartialEq)]
enum Standing {
    Open(RoomId),
    /// You are in it, but it is not loaded yet.
    Unloaded,
    Joinable(RoomCard),
    Unknown,
    /// Not known to this client; the server has to be asked.
    Unasked,
}

#[component]
pub fn RoomPane(room: Option<RoomId>) -> impl IntoView {
    let chat = use_chat();
    let standing = Memo::new(move |_| chat.with(|state| standing(state, room)));
    load_when_needed(chat, room, standing);
    live_view(move || match standing.get() {
        Standing::Open(room) => view! { <OpenRoom room/> }.into_any(),
        Standing::Unloaded | Standing::Unasked => view! { <Loading/> }.into_any(),
        Standing::Joinable(card) => view! { <Later part=Part::Door(card)/> }.into_any(),
        Standing::Unknown => view! { <Later part=Part::NoRoom/> }.into_any(),
    })
}

fn standing(state: &ChatState, room: Option<RoomId>) -> Standing {
    let Some(id) = room else { return Standing::Unknown };
    match state.rooms.get(&id) {
        Some(room) if room.timeline.is_some() => Standing::Open(id),
        Some(_) => Standing::Unloaded,
        None if state.unknown.contains(&id) => Standing::Unknown,
        None => state.joinable.get(&id).cloned().map_or(Standing::Unasked, Standing::Joinable),
    }
}

fn load_when_needed(chat: Chat, room: Option<RoomId>, standing: Memo<Standing>) {
    let is_live = chat.is_live();
    follow(move || {
        chat.show(room);
        let Some(id) = room else { return };
        match (standing.get(), is_live.get()) {
            (Standing::Unloaded, true) => chat.reopen(id),
            (Standing::Unasked, true) => chat.look_up(id),
            _ => {}
        }
    });
}

#[component]
fn OpenRoom(room: RoomId) -> impl IntoView {
    view! {
        <section class="pane room" aria-labelledby="room-title">
            <RoomHeader room/>
            <Conversation room/>
        </section>
    }
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <section class="pane" aria-busy="true">
            <div class="pane-body"><p class="loading">"Opening the room…"</p></div>
        </section>
    }
}
