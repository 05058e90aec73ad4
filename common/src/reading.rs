//! Read positions: how far a person has read in a room, the same on all of their devices.

use crate::{RoomId, Seq, commands::command};
use serde::{Deserialize, Serialize};

/// `room:read`: everything up to `seq` is read. A position never moves back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkRead {
    pub room: RoomId,
    pub seq: Seq,
}
command!(MarkRead => "room:read", ReadMoved);

/// The position now, and what is unread after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadMoved {
    pub room: RoomId,
    pub seq: Seq,
    pub unread: u32,
}
