//! "Ada is typing…": never stored, gone after [`crate::limits::TYPING_MILLIS`] unless renewed.

use crate::{PersonId, RoomId, commands::command};
use serde::{Deserialize, Serialize};

/// `typing:set`: say that one types in a room, or has stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetTyping {
    pub room: RoomId,
    pub typing: bool,
}
command!(SetTyping => "typing:set", ());

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypingChanged {
    pub room: RoomId,
    pub person: PersonId,
    pub typing: bool,
}
