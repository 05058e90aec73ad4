//! What is listed, as a file.

use super::{clock, frame::Frame, row::Row};
use crate::platform;
use serde_json::{Value, json};
use socket::codec::Side;
use std::sync::Arc;

/// Has the browser keep a file of these rows. Secrets are masked in them already.
pub fn save(rows: &[Arc<Row>]) {
    let rows: Vec<Value> = rows.iter().map(|row| written(row)).collect();
    let text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    platform::download("hubbub-under-the-hood.json", &text);
}

pub(super) fn written(row: &Row) -> Value {
    json!({
        "at": clock::iso(row.at),
        "topic": row.topic.name(),
        "error": row.is_error,
        "sentence": row.sentence(),
        "frames": row.frames.iter().map(frame).collect::<Vec<_>>(),
    })
}

fn frame(frame: &Frame) -> Value {
    let from = match frame.from {
        Side::Client => "browser",
        Side::Server => "server",
    };
    json!({
        "at": clock::iso(frame.at),
        "from": from,
        "bytes": frame.size,
        "text": frame.text,
        "whole": frame.is_whole,
    })
}
