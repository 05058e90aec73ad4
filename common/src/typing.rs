//! "Ada is typing…": never stored, gone after [`crate::limits::TYPING_MILLIS`] unless renewed.

use crate::{MessageId, PersonId, RoomId, commands::command};
use serde::{Deserialize, Serialize};

/// `typing:set`: say that one types in a room, or has stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetTyping {
    pub room: RoomId,
    /// The thread in which one types.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<MessageId>,
    pub typing: bool,
}
command!(SetTyping => "typing:set", ());

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypingChanged {
    pub room: RoomId,
    /// As in [`SetTyping::parent`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<MessageId>,
    pub person: PersonId,
    pub typing: bool,
}
