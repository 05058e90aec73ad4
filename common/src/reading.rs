//! Read positions: how far a person has read in a room, the same on all of their devices.

use crate::{PersonId, RoomId, Seq, commands::command, delivery::LogPosition};
use serde::{Deserialize, Serialize};

/// `room:read`: everything up to `seq` is read. This never moves a position back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkRead {
    pub room: RoomId,
    pub seq: Seq,
}
command!(MarkRead => "room:read", ReadMoved);

/// `rooms:read`: the same for many rooms at once, at most [`crate::limits::REPORTED_ROOMS`]. Rooms
/// that one is not in are passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkAllRead {
    pub rooms: Vec<LogPosition>,
}
command!(MarkAllRead => "rooms:read", ());

/// `room:unread`: what is at `seq`, and everything after it, is unread; what is before it, is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkUnread {
    pub room: RoomId,
    pub seq: Seq,
}
command!(MarkUnread => "room:unread", ReadMoved);

/// The position now, and what is unread after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadMoved {
    pub room: RoomId,
    pub seq: Seq,
    pub unread: u32,
    /// As in [`crate::rooms::RoomSummary::mentions`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Seq>,
    /// As in [`crate::rooms::RoomSummary::rewinds`].
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rewinds: i64,
    /// The room's last event when this was counted.
    pub last: Seq,
}

/// How far someone has read in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    pub person: PersonId,
    pub seq: Seq,
}

/// People have read further in a room of at most [`crate::limits::RECEIPTS_MEMBERS`] members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadersMoved {
    pub room: RoomId,
    pub readers: Vec<Reader>,
}

/// For `rewinds`, which are left out of JSON until there are some.
pub(crate) fn is_zero(number: &i64) -> bool {
    *number == 0
}
