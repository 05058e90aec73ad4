//! Limits the size of events. A message and a report of many rooms may fill a frame; all other events are
//! small.

use super::link::{Arrival, Link};
use common::{
    Code, Command, Refusal,
    delivery::ReportDelivery,
    limits,
    messages::{EditMessage, PostMessage},
};

/// Maximum payload of ordinary commands.
const SMALL: usize = 32 * 1024;

pub struct Size;

impl Link for Size {
    fn name(&self) -> &'static str {
        "size"
    }

    fn arrives(&self, arrival: &Arrival<'_>) -> Result<(), Refusal> {
        if arrival.bytes > most(arrival.name) { Err(Code::TooLarge.into()) } else { Ok(()) }
    }
}

fn most(name: &str) -> usize {
    match name {
        PostMessage::NAME | EditMessage::NAME | ReportDelivery::NAME => limits::FRAME_BYTES,
        _ => SMALL,
    }
}
