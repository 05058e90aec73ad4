//! Announcements: what an admin tells everyone who is connected, or those in one place.

use crate::{Code, Millis, PersonId, RoomId, commands::command, limits};
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
