//! Who has seen the last message of a room: their faces, below the conversation.

use crate::{
    client::use_chat,
    ui::{avatar_of, reactive_view},
};
use common::{RoomId, people::Person};
use leptos::prelude::*;
use std::sync::Arc;

/// The most faces that are shown.
const FACES: usize = 4;

#[component]
pub fn SeenBy(room: RoomId) -> impl IntoView {
    let seen = use_chat().select(move |state| {
        let last = state.rooms.get(&room).and_then(|room| room.timeline.as_ref()?.messages.last());
        last.map(|last| state.seen_by(last)).unwrap_or_default()
    });
    reactive_view(move || {
        let people = seen.get();
        let words = in_words(&people)?;
        let title = words.clone();
        let more = people.len().saturating_sub(FACES);
        let faces = people.iter().take(FACES).map(|person| avatar_of(Some(person))).collect_view();
        Some(view! {
            <p class="seen-by" title=title>
                <span class="visually-hidden">{words}</span>
                {faces}
                {(more > 0).then(|| view! { <span aria-hidden="true">{format!("+{more}")}</span> })}
            </p>
        })
    })
}

/// "Seen by Ada and Grace", if anybody has.
pub fn in_words(people: &[Arc<Person>]) -> Option<String> {
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    Some(match &names[..] {
        [] => return None,
        [one] => format!("Seen by {one}"),
        [others @ .., last] => format!("Seen by {} and {last}", others.join(", ")),
    })
}
