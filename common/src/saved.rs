//! Saved messages: what a person keeps for later, the same on all of their devices.

use crate::{MessageId, Millis, RoomId, commands::command, messages::Message};
use serde::{Deserialize, Serialize};

/// `saved:add`: keep a message for later. One that is kept stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddSaved {
    pub room: RoomId,
    pub message: MessageId,
}
command!(AddSaved => "saved:add", ());

/// `saved:remove`: keep it no longer. Nothing happens when it is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveSaved {
    pub room: RoomId,
    pub message: MessageId,
}
command!(RemoveSaved => "saved:remove", ());

/// `saved:list`: your saved messages, the last one that was saved first. Those of rooms that you have
/// left are not among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSaved {
    /// The message that a page before this one ended with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<MessageId>,
}
/// At most [`crate::limits::PAGE_MESSAGES`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedPage {
    pub saved: Vec<SavedMessage>,
    /// Whether there are others after these.
    pub more: bool,
}
command!(ListSaved => "saved:list", SavedPage);

/// A message that one has saved, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedMessage {
    pub message: Message,
    pub at: Millis,
}

/// To a person's own devices: a message is saved, or is no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedChange {
    pub room: RoomId,
    pub message: MessageId,
}
