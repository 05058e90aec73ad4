//! Read positions, in sentences.

use super::{InWords, Names, counted};
use crate::reading::{MarkAllRead, MarkRead, MarkUnread, ReadMoved, ReadersMoved};

impl InWords<ReadMoved> for MarkRead {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You have read {} up to #{}.", names.in_room(self.room), self.seq)
    }

    fn answered(&self, moved: &ReadMoved, _: &dyn Names) -> String {
        moved.in_words()
    }
}

impl InWords<()> for MarkAllRead {
    fn asked(&self, _: &dyn Names) -> String {
        format!("You asked to mark {} as read.", counted(self.rooms.len(), "room", "rooms"))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted that for all of your devices".into()
    }
}

impl InWords<ReadMoved> for MarkUnread {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked to mark {} as unread from #{} on.", names.in_room(self.room), self.seq)
    }

    fn answered(&self, moved: &ReadMoved, _: &dyn Names) -> String {
        moved.in_words()
    }
}

impl ReadMoved {
    /// What the server did that moved it.
    pub(super) fn in_words(&self) -> String {
        format!("counted {} after it", counted(self.unread, "unread message", "unread messages"))
    }

    pub(super) fn moved_in_words(&self, names: &dyn Names) -> String {
        format!("You have read {} up to #{}, on one of your devices.", names.in_room(self.room), self.seq)
    }
}

impl ReadersMoved {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        let room = names.in_room(self.room);
        match self.readers.as_slice() {
            [one] => format!("{} read {room} up to #{}.", names.who(one.person), one.seq),
            many => format!("{} read further in {room}.", counted(many.len(), "person", "people")),
        }
    }
}
