//! A message that was found.

use super::label_of;
use crate::{
    client::use_chat,
    ui::{Zone, text},
};
use common::search::{ExcerptPart, Hit};
use leptos::prelude::*;

/// Who, where and when.
#[component]
pub fn Origin(hit: Hit) -> impl IntoView {
    let chat = use_chat();
    let zone = Zone::of_page();
    let (author, room) = chat.peek(|state| {
        let author = state.people.get(&hit.author).map_or("Someone".to_owned(), |person| person.name.clone());
        (author, label_of(state, hit.room))
    });
    let at = hit.at;
    view! {
        <span class="hit-head">
            <strong>{author}</strong>
            <span class="hit-room">{room}</span>
            <span class="hit-time">{text(move || format!("{}, {}", zone.day_name(zone.day(at)), zone.clock(at)))}</span>
        </span>
    }
}

/// The part of its text that was found.
pub fn excerpt(pieces: Vec<ExcerptPart>) -> impl IntoView {
    let piece = |piece: ExcerptPart| {
        if piece.found { view! { <mark>{piece.text}</mark> }.into_any() } else { piece.text.into_any() }
    };
    view! { <span class="hit-text">{pieces.into_iter().map(piece).collect_view()}</span> }
}
