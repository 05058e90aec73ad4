//! "Ada is typing…": never stored, gone after [`crate::limits::TYPING_MILLIS`] unless renewed.

use crate::{
    MessageId, PersonId, RoomId,
    commands::command,
    hood::{InWords, Names},
};
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

impl InWords<()> for SetTyping {
    fn asked(&self, names: &dyn Names) -> String {
        let room = names.in_room(self.room);
        if self.typing {
            format!("Your browser said that you are typing in {room}.")
        } else {
            format!("Your browser said that you have stopped typing in {room}.")
        }
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "passed it on".into()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypingChanged {
    pub room: RoomId,
    /// As in [`SetTyping::parent`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<MessageId>,
    pub person: PersonId,
    pub typing: bool,
}

impl TypingChanged {
    pub(crate) fn in_words(&self, names: &dyn Names) -> String {
        let (who, room) = (names.who_is(self.person), names.in_room(self.room));
        if self.typing { format!("{who} typing in {room}.") } else { format!("{who} not typing in {room} any more.") }
    }
}
