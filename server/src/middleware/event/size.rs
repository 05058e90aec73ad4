//! No event is larger than makes sense. A message, and a report of many rooms, may be what a frame holds; all
//! others are small.

use super::{Arrival, Link};
use common::{Code, Refusal, limits};
use socketioxide_core::Value;

/// Bytes of what is small.
const SMALL: usize = 32 * 1024;

pub struct Size;

impl Link for Size {
    fn name(&self) -> &'static str {
        "size"
    }

    fn arrives(&self, arrival: &Arrival<'_>) -> Result<(), Refusal> {
        if bytes_of(arrival.payload) > most(arrival.name) { Err(Code::TooLarge.into()) } else { Ok(()) }
    }
}

fn bytes_of(payload: &Value) -> usize {
    match payload {
        Value::Str(text, _) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
    }
}

fn most(name: &str) -> usize {
    match name {
        "message:post" | "message:edit" | "reach:report" => limits::FRAME_BYTES,
        _ => SMALL,
    }
}
