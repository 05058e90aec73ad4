//! Pins: messages that a room keeps at hand.

use crate::{
    MessageId, Millis, PersonId, RoomId, Seq,
    commands::command,
    hood::{self, InWords, Names},
    messages::Message,
};
use serde::{Deserialize, Serialize};

/// Who pinned a message, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    pub person: PersonId,
    pub at: Millis,
}

/// `pin:add`: pin a message in its room. One that is pinned stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddPin {
    pub room: RoomId,
    pub message: MessageId,
}
command!(AddPin => "pin:add", ());

impl InWords<()> for AddPin {
    fn asked(&self, names: &dyn Names) -> String {
        let message = names.said(self.room, self.message);
        format!("You asked to pin {message} in {}.", names.in_room(self.room))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "pinned it for everyone in the room".into()
    }
}

/// `pin:remove`: any member can take a pin away. Nothing happens where there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovePin {
    pub room: RoomId,
    pub message: MessageId,
}
command!(RemovePin => "pin:remove", ());

impl InWords<()> for RemovePin {
    fn asked(&self, names: &dyn Names) -> String {
        let message = names.said(self.room, self.message);
        format!("You asked to unpin {message} in {}.", names.in_room(self.room))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "unpinned it for everyone in the room".into()
    }
}

/// `pin:list`: the pinned messages of a room, the last one that was pinned first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPins {
    pub room: RoomId,
}
command!(ListPins => "pin:list", Vec<Message>);

impl InWords<Vec<Message>> for ListPins {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked what is pinned in {}.", names.in_room(self.room))
    }

    fn answered(&self, pinned: &Vec<Message>, _: &dyn Names) -> String {
        format!("sent {}", hood::counted(pinned.len(), "message", "messages"))
    }
}

/// A message was pinned, or is no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinMoved {
    pub room: RoomId,
    pub seq: Seq,
    pub message: MessageId,
    /// Who did it.
    pub person: PersonId,
    pub at: Millis,
}

impl PinMoved {
    pub(crate) fn added_in_words(&self, names: &dyn Names) -> String {
        self.moved("pinned", names)
    }

    pub(crate) fn removed_in_words(&self, names: &dyn Names) -> String {
        self.moved("unpinned", names)
    }

    fn moved(&self, pinned: &str, names: &dyn Names) -> String {
        let (who, message) = (names.who(self.person), names.said(self.room, self.message));
        format!("{who} {pinned} {message} in {}.", names.in_room(self.room))
    }
}
