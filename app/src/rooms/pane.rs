//! The pane of the room in the address: its conversation, or why there is none.

use super::header::RoomHeader;
use crate::{
    client::{Chat, use_chat},
    lazy::{Lazy, Part},
    messages::ConversationPane,
    state::ChatState,
    ui::{effect, reactive_view},
};
use common::{RoomId, rooms::RoomCard};
use leptos::prelude::*;

/// What can be shown of a room.
#[derive(Clone, PartialEq)]
enum PaneState {
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
    reactive_view(move || match standing.get() {
        PaneState::Open(room) => view! { <OpenRoom room/> }.into_any(),
        PaneState::Unloaded | PaneState::Unasked => view! { <Loading/> }.into_any(),
        PaneState::Joinable(card) => view! { <Lazy part=Part::Door(card)/> }.into_any(),
        PaneState::Unknown => view! { <Lazy part=Part::NoRoom/> }.into_any(),
    })
}

fn standing(state: &ChatState, room: Option<RoomId>) -> PaneState {
    let Some(id) = room else { return PaneState::Unknown };
    match state.rooms.get(&id) {
        Some(room) if room.timeline.is_some() => PaneState::Open(id),
        Some(_) => PaneState::Unloaded,
        None if state.unknown.contains(&id) => PaneState::Unknown,
        None => state.joinable.get(&id).cloned().map_or(PaneState::Unasked, PaneState::Joinable),
    }
}

fn load_when_needed(chat: Chat, room: Option<RoomId>, standing: Memo<PaneState>) {
    let is_live = chat.is_live();
    effect(move || {
        chat.show(room);
        let Some(id) = room else { return };
        match (standing.get(), is_live.get()) {
            (PaneState::Unloaded, true) => chat.reopen(id),
            (PaneState::Unasked, true) => chat.look_up(id),
            _ => {}
        }
    });
}

#[component]
fn OpenRoom(room: RoomId) -> impl IntoView {
    view! {
        <section class="pane room" aria-labelledby="room-title">
            <RoomHeader room/>
            <ConversationPane room/>
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
