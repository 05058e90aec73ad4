//! Pins: messages that a room keeps at hand.

use crate::{MessageId, Millis, PersonId, RoomId, Seq, commands::command, messages::Message};
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

/// `pin:remove`: any member can take a pin away. Nothing happens where there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovePin {
    pub room: RoomId,
    pub message: MessageId,
}
command!(RemovePin => "pin:remove", ());

/// `pin:list`: the pinned messages of a room, the last one that was pinned first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPins {
    pub room: RoomId,
}
command!(ListPins => "pin:list", Vec<Message>);

/// A message was pinned, or is no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinChange {
    pub room: RoomId,
    pub seq: Seq,
    pub message: MessageId,
    /// Who did it.
    pub person: PersonId,
    pub at: Millis,
}
