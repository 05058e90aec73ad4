//! The frames of a row as they are on the wire, and what each of their parts is for.

use super::{clock, frame::Frame, row::Row};
use common::files::size_in_words;
use leptos::prelude::*;
use serde_json::Value;
use socket::codec::{Piece, Side, dissect};
use std::sync::Arc;

#[component]
pub fn Anatomy(row: Arc<Row>) -> impl IntoView {
    let frames: Vec<_> = row.frames.iter().map(one).collect();
    let is_empty = frames.is_empty();
    view! {
        <div class="frame-detail">
            {is_empty.then(|| view! { <p>"No frame is sent for this: it is about the connection itself."</p> })}
            {frames}
        </div>
    }
}

fn one(frame: &Frame) -> AnyView {
    let way = match frame.from {
        Side::Client => "From your browser",
        Side::Server => "From the server",
    };
    let facts = format!("{way}, at {}, {}", clock::to_the_millisecond(frame.at), size_in_words(frame.size as u64));
    let pieces = if frame.is_whole { dissect(&frame.text).unwrap_or_default() } else { Vec::new() };
    let content = match (pieces.is_empty(), frame.text.is_empty()) {
        (true, true) => view! { <p>"Binary data, not shown."</p> }.into_any(),
        (true, false) if frame.is_whole => view! { <p>"Unreadable, not shown."</p> }.into_any(),
        (true, false) => view! {
            <p>"It is long. This is its beginning."</p>
            <pre class="frame-raw">{frame.text.clone()}</pre>
        }
        .into_any(),
        (false, _) => view! {
            <p class="frame-raw">{pieces.iter().enumerate().map(raw).collect_view()}</p>
            <dl class="pieces">{pieces.iter().enumerate().map(explained).collect_view()}</dl>
        }
        .into_any(),
    };
    view! {
        <section class="frame-wire">
            <h2>{facts}</h2>
            {content}
        </section>
    }
    .into_any()
}

/// Of a longer part of the frame only the beginning stands where it is to be seen as a whole.
const SEEN: usize = 120;

fn raw((place, piece): (usize, &Piece<'_>)) -> impl IntoView + use<> {
    let end = piece.text.floor_char_boundary(SEEN);
    let more = if end < piece.text.len() { "…" } else { "" };
    view! { <code data-piece=place.to_string()>{piece.text[..end].to_owned()}{more}</code> }
}

fn explained((place, piece): (usize, &Piece<'_>)) -> impl IntoView + use<> {
    let text = if piece.is_json {
        view! { <pre>{pretty(piece.text)}</pre> }.into_any()
    } else {
        view! { <code>{piece.text.to_owned()}</code> }.into_any()
    };
    view! {
        <div data-piece=place.to_string()>
            <dt>{text}</dt>
            <dd><strong>{piece.name}</strong>" "{piece.purpose}</dd>
        </div>
    }
}

/// JSON with a line for each thing in it.
fn pretty(json: &str) -> String {
    let value = serde_json::from_str::<Value>(json).ok();
    value.and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| json.to_owned())
}
