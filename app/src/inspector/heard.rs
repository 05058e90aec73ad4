//! What is heard on the connection, before anybody reads it.

use common::Millis;
use socket::{Incoming, Tapped, codec::Side, core};
use std::time::Duration;

#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    pub what: What,
    pub at: Millis,
    /// Milliseconds, by a clock that does not jump.
    pub tick: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// The server is called.
    Opening,
    Text(Side, String),
    Bytes(Side, usize),
    /// The connection is over, and why.
    Ended(String),
    /// There is no connection; the next attempt, counted from 1, comes after this time.
    Waiting(u32, Duration),
}

impl What {
    /// `None` for what the frames have said already.
    pub fn of(tapped: Tapped<'_>) -> Option<Self> {
        let frame = |from, frame: &core::Frame| match frame {
            core::Frame::Text(text) => What::Text(from, text.clone()),
            core::Frame::Binary(bytes) => What::Bytes(from, bytes.len()),
        };
        Some(match tapped {
            Tapped::Opening => What::Opening,
            Tapped::Sent(sent) => frame(Side::Client, sent),
            Tapped::Received(received) => frame(Side::Server, received),
            Tapped::Told(Incoming::Disconnected { reason }) => What::Ended(reason.to_string()),
            Tapped::Told(Incoming::Reconnecting { attempt, delay }) => What::Waiting(*attempt, *delay),
            Tapped::Told(Incoming::Connected { .. } | Incoming::ConnectRefused { .. } | Incoming::Event(_)) => {
                return None;
            }
        })
    }
}
