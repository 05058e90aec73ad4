//! Announcements: what whoever runs the workspace tells everyone who is connected, or those in one place.

use crate::{
    Code, Millis, PersonId, RoomId,
    commands::command,
    hood::{self, InWords, Names},
    limits,
};
use serde::{Deserialize, Serialize};

/// The event by which it is heard, in whatever namespace. Its only argument is an [`Announcement`].
pub const ANNOUNCED: &str = "announcement:made";

/// What is announced. It is shown once, and not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    pub text: String,
    pub by: PersonId,
    /// The room whose members are told, if not everyone is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomId>,
    pub at: Millis,
}

impl Announcement {
    pub(crate) fn in_words(&self, names: &dyn Names) -> String {
        format!("{} announced {}.", names.who(self.by), hood::quoted(&self.text))
    }
}

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Every connection, in whatever namespace.
    Everyone,
    /// The members of a room who are connected.
    Room(RoomId),
    /// Every connection in a namespace, such as `/lobby`.
    Namespace(String),
}

/// `announcement:send` (in `/admin`): tells people something now. Replies with how many connections were told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announce {
    pub to: Audience,
    pub text: String,
}
command!(Announce => "announcement:send", u32);

impl InWords<u32> for Announce {
    fn asked(&self, names: &dyn Names) -> String {
        let whom = match &self.to {
            Audience::Everyone => "everyone who is connected".to_owned(),
            Audience::Room(room) => format!("everyone in {}", names.in_room(*room)),
            Audience::Namespace(name) => format!("everyone in {name}"),
        };
        format!("You announced {} to {whom}.", hood::quoted(&self.text))
    }

    fn answered(&self, told: &u32, _: &dyn Names) -> String {
        format!("told {}", hood::counted(*told, "connection", "connections"))
    }
}

/// The words of an announcement.
///
/// # Errors
/// [`Code::EmptyText`], [`Code::TextTooLong`]
pub fn checked_announcement(text: &str) -> Result<String, Code> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Code::EmptyText),
        length if length > limits::ANNOUNCEMENT_CHARS => Err(Code::TextTooLong),
        _ => Ok(text.to_owned()),
    }
}
