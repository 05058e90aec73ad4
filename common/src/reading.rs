//! Read positions: how far a person has read in a room, the same on all of their devices.

use crate::{
    PersonId, RoomId, Seq,
    commands::command,
    hood::{self, InWords, Names},
    reach::Complete,
    rooms::is_zero,
};
use serde::{Deserialize, Serialize};

/// `room:read`: everything up to `seq` is read. This never moves a position back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkRead {
    pub room: RoomId,
    pub seq: Seq,
}
command!(MarkRead => "room:read", ReadMoved);

impl InWords<ReadMoved> for MarkRead {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You have read {} up to #{}.", names.in_room(self.room), self.seq)
    }

    fn answered(&self, moved: &ReadMoved, _: &dyn Names) -> String {
        moved.in_words()
    }
}

/// `rooms:read`: the same for many rooms at once, at most [`crate::limits::REPORTED_ROOMS`]. Rooms
/// that one is not in are passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkAllRead {
    pub rooms: Vec<Complete>,
}
command!(MarkAllRead => "rooms:read", ());

impl InWords<()> for MarkAllRead {
    fn asked(&self, _: &dyn Names) -> String {
        format!("You asked to mark {} as read.", hood::counted(self.rooms.len(), "room", "rooms"))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted that for all of your devices".into()
    }
}

/// `room:unread`: what is at `seq`, and everything after it, is unread; what is before it, is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkUnread {
    pub room: RoomId,
    pub seq: Seq,
}
command!(MarkUnread => "room:unread", ReadMoved);

impl InWords<ReadMoved> for MarkUnread {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked to mark {} as unread from #{} on.", names.in_room(self.room), self.seq)
    }

    fn answered(&self, moved: &ReadMoved, _: &dyn Names) -> String {
        moved.in_words()
    }
}

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

impl ReadMoved {
    /// What the server did that moved it.
    fn in_words(&self) -> String {
        format!("counted {} after it", hood::counted(self.unread, "unread message", "unread messages"))
    }

    pub(crate) fn moved_in_words(&self, names: &dyn Names) -> String {
        format!("You have read {} up to #{}, on one of your devices.", names.in_room(self.room), self.seq)
    }
}

/// How far somebody has read in a room.
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

impl ReadersMoved {
    pub(crate) fn in_words(&self, names: &dyn Names) -> String {
        let room = names.in_room(self.room);
        match self.readers.as_slice() {
            [one] => format!("{} read {room} up to #{}.", names.who(one.person), one.seq),
            many => format!("{} read further in {room}.", hood::counted(many.len(), "person", "people")),
        }
    }
}
