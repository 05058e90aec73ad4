//! A room's notifications: why it has a badge, and what you are notified of.

use super::level::LevelChoice;
use crate::{
    client::{OpenDialog, use_chat},
    rooms::{counted, path_of},
    state::ChatState,
    ui::{handle, reactive_view},
};
use common::{
    RoomId,
    notifications::{Badge, ExplainBadge, in_words},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn RoomNotifications(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let badge = RwSignal::new(None::<Result<Badge, String>>);
    let reply = chat.send(ExplainBadge { room });
    spawn_local(async move {
        badge.try_set(Some(reply.await.map_err(|failure| failure.sentence())));
    });
    let reasons = move || match badge.get() {
        None => vec!["Loading…".to_owned()],
        Some(Err(sentence)) => vec![sentence],
        Some(Ok(badge)) => chat.with(|state| sentences(state, room, &badge)),
    };
    view! {
        <div class="dialog-form">
            <section class="why" aria-labelledby="why-title">
                <h3 id="why-title" class="field-label">"Why this badge?"</h3>
                {reactive_view(move || reasons().into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view())}
                <p><a href=path_of(room) on:click=handle(move |_| dialogs.close())>"Open the room"</a></p>
            </section>
            <LevelChoice room/>
            <p class="field-hint">
                <a href="/profile" on:click=handle(move |_| dialogs.close())>"Do not disturb, and notifications of this device"</a>
            </p>
        </div>
    }
}

fn sentences(state: &ChatState, room: RoomId, badge: &Badge) -> Vec<String> {
    let name = state.rooms.get(&room).map(|room| state.room_in_sentence(&room.summary)).unwrap_or_default();
    if badge.messages.is_empty() {
        return vec!["There is no badge: you have read everything here.".into()];
    }
    let sentence = |it| in_words(it, state.people.get(&it.author).map(AsRef::as_ref), &name, badge.level);
    let mut sentences: Vec<String> = badge.messages.iter().map(sentence).collect();
    let shown = u32::try_from(badge.messages.len()).unwrap_or(u32::MAX);
    if badge.unread > shown {
        sentences.push(format!("{} messages are unread here altogether.", counted(badge.unread)));
    }
    sentences
}
