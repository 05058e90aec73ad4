//! The lobby: an open playground, without sign-in. Everyone is told, nothing is kept.
//!
//! It has two namespaces, so that one can see what a namespace is. Its commands and events are its own:
//! none of `/chat` is known there.

use crate::{Code, Refusal, accounts::checked_name, commands::command, limits};
use serde::{Deserialize, Serialize};

/// The event of Socket.IO's tutorial, both ways. From a client: a text for everyone. From the server: the
/// text, and beside it, as a second argument, [`Attribution`].
pub const CHAT_MESSAGE: &str = "chat message";

/// The event that greets a connection: [`Welcome`].
pub const WELCOME: &str = "lobby:welcome";

/// One of the lobby's namespaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Namespace {
    Lobby,
    Garden,
}

impl Namespace {
    pub const ALL: [Self; 2] = [Self::Lobby, Self::Garden];

    /// As a client names it in its CONNECT packet.
    pub fn path(self) -> &'static str {
        match self {
            Self::Lobby => "/lobby",
            Self::Garden => "/lobby/garden",
        }
    }

    pub fn other(self) -> Self {
        match self {
            Self::Lobby => Self::Garden,
            Self::Garden => Self::Lobby,
        }
    }
}

/// Who is to hear something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everyone in the speaker's namespace, the speaker too.
    Everyone,
    /// Everyone in the speaker's namespace but the speaker.
    Others,
    /// Those in a room that one is in, oneself too.
    Room(String),
    /// Everyone in a namespace.
    Namespace(Namespace),
}

impl Audience {
    /// Whether someone in a namespace is among those whom they address.
    pub fn includes_speaker(&self, own: Namespace) -> bool {
        match self {
            Self::Everyone | Self::Room(_) => true,
            Self::Others => false,
            Self::Namespace(namespace) => *namespace == own,
        }
    }
}

/// Under which name a connection is known to the others. Made by the server.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Nickname {
    /// Such as "Blue otter".
    pub name: String,
    /// The colour in it, as of an avatar.
    pub hue: u8,
}

/// To a connection that has just come in: who it is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    pub you: Nickname,
    pub namespace: Namespace,
}

/// Beside what is said: by whom, and to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    pub from: Nickname,
    pub to: Audience,
}

/// `lobby:say`: say something to an audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Say {
    pub text: String,
    pub to: Audience,
}
command!(Say => "lobby:say", DeliveryCount);

/// How many connections something went out to; the speaker's own too, if it is among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryCount {
    pub told: u32,
}

/// `lobby:enter`: be in a room of this namespace, which there is as long as someone is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterRoom {
    pub room: String,
}
command!(EnterRoom => "lobby:enter", LobbyRoom);

/// `lobby:leave`: be in a room no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaveRoom {
    pub room: String,
}
command!(LeaveRoom => "lobby:leave", LobbyRoom);

/// How a room stands after one has entered or left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LobbyRoom {
    /// Its name, as the server has it.
    pub room: String,
    /// How many connections are in it.
    pub members: u32,
}

/// The text as it goes out.
///
/// # Errors
/// [`Code::EmptyText`] or [`Code::TextTooLong`].
pub fn checked_text(text: &str) -> Result<&str, Refusal> {
    if text.trim().is_empty() {
        return Err(Code::EmptyText.into());
    }
    if text.chars().nth(limits::LOBBY_TEXT_CHARS).is_some() {
        let sentence = format!("What is said here has up to {} characters.", limits::LOBBY_TEXT_CHARS);
        return Err(Refusal::saying(Code::TextTooLong, sentence));
    }
    Ok(text)
}

/// The name of a room as the server has it: without a `#` in front, on one line.
///
/// # Errors
/// [`Code::BadRoomName`]
pub fn checked_room(name: &str) -> Result<String, Refusal> {
    let name = name.trim_start().trim_start_matches('#');
    checked_name(name, limits::LOBBY_ROOM_CHARS).map_err(|_| {
        let sentence = format!("A room's name here has 1 to {} characters.", limits::LOBBY_ROOM_CHARS);
        Refusal::saying(Code::BadRoomName, sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speaker_is_told_what_goes_to_where_they_are() {
        let hears = |to: Audience| to.includes_speaker(Namespace::Lobby);
        assert!(hears(Audience::Everyone) && hears(Audience::Room("tea".into())));
        assert!(!hears(Audience::Others));
        assert!(hears(Audience::Namespace(Namespace::Lobby)) && !hears(Audience::Namespace(Namespace::Garden)));
    }

    #[test]
    fn what_is_said_has_something_in_it_and_an_end() {
        assert_eq!(checked_text(" \n").unwrap_err().code, Code::EmptyText);
        assert_eq!(checked_text(" hello "), Ok(" hello "));
        assert!(checked_text(&"é".repeat(limits::LOBBY_TEXT_CHARS)).is_ok());
        assert_eq!(checked_text(&"é".repeat(limits::LOBBY_TEXT_CHARS + 1)).unwrap_err().code, Code::TextTooLong);
    }

    #[test]
    fn a_room_has_a_name_that_fits_a_line() {
        assert_eq!(checked_room(" #green  tea "), Ok("green tea".to_owned()));
        for wrong in ["", "  ", "#", "bell\u{7}", &"x".repeat(limits::LOBBY_ROOM_CHARS + 1)] {
            assert_eq!(checked_room(wrong).unwrap_err().code, Code::BadRoomName, "{wrong:?}");
        }
    }
}
