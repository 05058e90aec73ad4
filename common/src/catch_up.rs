//! Catching up: the events of a room's log after the last one that a client has seen.

use crate::{RoomId, Seq, commands::command};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `room:catchup`: what happened in a room after a place in its log, a page of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatchUp {
    pub room: RoomId,
    /// Everything up to here is known.
    pub after: Seq,
}
command!(CatchUp => "room:catchup", MissedEvents);

/// A page of what was missed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissedEvents {
    /// The events right after, without gaps, at most [`crate::limits::CATCH_UP_EVENTS`], and fewer
    /// where messages are long; `last` is the room's last event. There are more until the last one
    /// here is that one.
    Events { events: Vec<LogEntry>, last: Seq },
    /// More than [`crate::limits::CATCH_UP_MOST`] events: open the room again instead.
    TooMany { last: Seq },
}

/// An event of a room's log, as a server event of that name and payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    pub seq: Seq,
    pub name: String,
    pub payload: Value,
}
