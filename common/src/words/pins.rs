//! Pins, in sentences.

use super::{InWords, Names, counted};
use crate::{
    messages::Message,
    pins::{AddPin, ListPins, PinChange, RemovePin},
};

impl InWords<()> for AddPin {
    fn asked(&self, names: &dyn Names) -> String {
        let message = names.said(self.room, self.message);
        format!("You asked to pin {message} in {}.", names.in_room(self.room))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "pinned it for everyone in the room".into()
    }
}

impl InWords<()> for RemovePin {
    fn asked(&self, names: &dyn Names) -> String {
        let message = names.said(self.room, self.message);
        format!("You asked to unpin {message} in {}.", names.in_room(self.room))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "unpinned it for everyone in the room".into()
    }
}

impl InWords<Vec<Message>> for ListPins {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked what is pinned in {}.", names.in_room(self.room))
    }

    fn answered(&self, pinned: &Vec<Message>, _: &dyn Names) -> String {
        format!("sent {}", counted(pinned.len(), "message", "messages"))
    }
}

impl PinChange {
    pub(super) fn added_in_words(&self, names: &dyn Names) -> String {
        self.moved("pinned", names)
    }

    pub(super) fn removed_in_words(&self, names: &dyn Names) -> String {
        self.moved("unpinned", names)
    }

    fn moved(&self, pinned: &str, names: &dyn Names) -> String {
        let (who, message) = (names.who(self.person), names.said(self.room, self.message));
        format!("{who} {pinned} {message} in {}.", names.in_room(self.room))
    }
}
