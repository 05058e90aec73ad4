//! A typed "no": a code for programs and a sentence for people.

use crate::{json, limits, malformed::Details};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why something was refused. Programs match on this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The payload is not what the command takes.
    Malformed,
    UnknownCommand,
    UnknownRoom,
    UnknownPerson,
    /// A direct conversation with one of these people cannot be started.
    NotReachable,
    UnknownMessage,
    /// No such file, or it belongs to a message already, or not to this person.
    UnknownFile,
    /// A place in a room's log that the log has not reached.
    UnknownSeq,
    NotTheAuthor,
    NotAMember,
    /// Only owners of the room may do this.
    NotAnOwner,
    /// The room's only owner cannot become a member.
    LastOwner,
    /// Nothing changes any more in an archived room.
    RoomArchived,
    /// Only owners may post in this room.
    PostingLimited,
    /// Only owners may address everyone in this room.
    AnnouncingLimited,
    NotSignedIn,
    SessionExpired,
    WrongOrigin,
    /// There is no such namespace, or it is switched off.
    UnknownNamespace,
    /// A token of another kind than this namespace takes, or one that is not valid any more.
    WrongToken,
    /// The account is switched off.
    Deactivated,
    /// The person, or the address that they come from, is banned.
    Banned,
    /// Only owners and admins of the workspace may do this.
    NotAnAdmin,
    /// Guests may not do this.
    NotForGuests,
    TooManyConnections,
    TooManyAttempts,
    /// More commands than are taken in this time; the refusal says when to try again.
    TooFast,
    TooBusy,
    TooLarge,
    /// One file is larger than the operator allows.
    FileTooLarge,
    TooManyFiles,
    EmptyText,
    TextTooLong,
    QueryTooLong,
    IdTaken,
    /// Not one emoji.
    NotAnEmoji,
    TooManyReactions,
    TooManyPins,
    TooManySaved,
    BadName,
    BadRoomName,
    /// A connection in the lobby is in as many rooms as it can be.
    TooManyRooms,
    BadTopic,
    BadStatus,
    BadHandle,
    BadPassword,
    HandleTaken,
    RoomNameTaken,
    WrongCredentials,
    SignUpClosed,
    /// The invitation has ended, was used up or taken back, or never was one.
    BadInvite,
    /// The workspace's only owner cannot become anything else.
    LastWorkspaceOwner,
    /// People cannot do this to themselves, or to someone with the same role.
    NotOverThem,
    /// What a console's command is about is not there any more.
    Gone,
    /// Not an address, or a range of them.
    BadAddress,
    /// The reason is missing or too long.
    BadReason,
    AlreadySetUp,
    NotSetUp,
    /// The command does not fit this kind of room: leaving a direct one, creating one by name …
    WrongKindOfRoom,
    NobodyChosen,
    /// A part of the day that is none, or a time zone that does not exist.
    BadQuietTime,
    /// Nothing can be pushed to this address, or with these keys.
    BadEndpoint,
    /// The disk is full; what is stored can still be read.
    StorageFull,
    /// All files together are as much as the operator allows.
    FilesFull,
    /// Something broke on the server; the refusal carries the id under which it was logged.
    Internal,
}

impl Code {
    /// The sentence for people: what happened and what to do.
    pub fn sentence(self) -> String {
        match self {
            Code::Malformed => "The server could not read this request. Reload the page and try again.".into(),
            Code::UnknownCommand => {
                "The server does not know this command. Reload the page, or update the program.".into()
            }
            Code::UnknownRoom => "There is no such room, or you are not in it.".into(),
            Code::UnknownPerson => "There is no such person here.".into(),
            Code::NotReachable => "A conversation with these people cannot be started.".into(),
            Code::UnknownMessage => "There is no such message here any more.".into(),
            Code::UnknownFile => "There is no such file here any more.".into(),
            Code::UnknownSeq => "The server's log has not come that far. Reload the page.".into(),
            Code::NotTheAuthor => "Only the person who wrote a message can change it.".into(),
            Code::NotAMember => "You are not in this room. Join it first.".into(),
            Code::NotAnOwner => "Only an owner of this room can do that.".into(),
            Code::LastOwner => "A room needs an owner. Make someone else an owner first.".into(),
            Code::RoomArchived => "This room is archived: it can be read, but nothing in it can be changed.".into(),
            Code::PostingLimited => "Only owners of this room can post in it.".into(),
            Code::EmptyText => "There is nothing to send yet.".into(),
            Code::TextTooLong => format!(
                "A message can have up to {} characters. Shorten it or send it in parts.",
                thousands(limits::MESSAGE_CHARS)
            ),
            Code::AnnouncingLimited => {
                "Only owners of this room can address everyone in it. Send it without @room.".into()
            }
            Code::NotSignedIn => "You are not signed in. Sign in to go on.".into(),
            Code::SessionExpired => "Your session has ended. Sign in again to go on.".into(),
            Code::UnknownNamespace => "There is no such namespace here. Check where the program connects to.".into(),
            Code::WrongToken => "This token does not open this door. Use one that was made for it.".into(),
            Code::Deactivated => "This account is switched off. Ask an admin of this workspace.".into(),
            Code::Banned => "You are banned here. Ask an admin of this workspace.".into(),
            Code::NotAnAdmin => "Only owners and admins of this workspace can do that.".into(),
            Code::NotForGuests => "Guests cannot do that. Ask a member to invite you.".into(),
            Code::TooManyConnections => "Too many connections are open. Close some windows and try again.".into(),
            Code::TooFast => "Too fast. Wait a moment and try again.".into(),
            Code::BadInvite => "This invitation is not valid any more. Ask for a new one.".into(),
            Code::LastWorkspaceOwner => "A workspace needs an owner. Make someone else an owner first.".into(),
            Code::NotOverThem => "You can't do this to yourself or to someone with the same role.".into(),
            Code::Gone => "That is not there any more.".into(),
            Code::BadAddress => "This is not an address, or a range of addresses.".into(),
            Code::BadReason => format!("Give a reason, of up to {} characters.", limits::REASON_CHARS),
            Code::WrongOrigin => {
                "This request came from another site, so it was not carried out. Open the chat at its own address."
                    .into()
            }
            Code::TooManyAttempts => "Too many attempts. Wait a minute and try again.".into(),
            Code::TooBusy => "Too much at once. Wait a moment and try again.".into(),
            Code::TooLarge => "This is larger than the server accepts.".into(),
            Code::FileTooLarge => "This file is larger than this server takes.".into(),
            Code::TooManyFiles => format!("A message can have up to {} files.", limits::ATTACHMENTS),
            Code::QueryTooLong => format!("A search has up to {} characters.", limits::SEARCH_CHARS),
            Code::IdTaken => "This id was used for something else before.".into(),
            Code::NotAnEmoji => "Only an emoji can be put under a message.".into(),
            Code::TooManyReactions => {
                format!("This message has {} different emoji already. Join one of them instead.", limits::REACTIONS)
            }
            Code::TooManyPins => {
                format!("A room can have up to {} pinned messages. Take one away first.", limits::PINS)
            }
            Code::TooManySaved => format!("You can save up to {} messages. Remove some first.", limits::SAVED),
            Code::BadName => format!("A name has 1 to {} characters.", limits::NAME_CHARS),
            Code::BadRoomName => format!("A room's name has 1 to {} characters.", limits::ROOM_NAME_CHARS),
            Code::TooManyRooms => format!("One can be in up to {} rooms here. Leave one first.", limits::LOBBY_ROOMS),
            Code::BadTopic => format!("A topic has up to {} characters.", limits::TOPIC_CHARS),
            Code::BadStatus => format!("A status has one emoji and up to {} characters.", limits::STATUS_CHARS),
            Code::BadHandle => format!(
                "A handle has 2 to {} characters: a to z, 0 to 9, dot, dash and underscore, and starts with a letter.",
                limits::HANDLE_CHARS
            ),
            Code::BadPassword => format!(
                "A password has {} to {} characters.",
                limits::PASSWORD_CHARS.start(),
                limits::PASSWORD_CHARS.end()
            ),
            Code::HandleTaken => "This handle is taken. Choose another one.".into(),
            Code::RoomNameTaken => "There is already a room with this name. Choose another one.".into(),
            Code::WrongCredentials => "That handle and password do not match.".into(),
            Code::SignUpClosed => "Sign-up is closed here. Ask the owner of this workspace for an account.".into(),
            Code::AlreadySetUp => "This workspace is set up already. Sign in instead.".into(),
            Code::NotSetUp => "This workspace is not set up yet.".into(),
            Code::WrongKindOfRoom => "That does not work in this kind of room.".into(),
            Code::NobodyChosen => format!("Choose at least one person, and at most {}.", limits::DIRECT_PEOPLE),
            Code::BadQuietTime => "These are not times of a day in a time zone.".into(),
            Code::BadEndpoint => "This browser's push service cannot be used from here.".into(),
            Code::StorageFull => {
                "The server's disk is full, so nothing new can be stored. Reading still works; try again later.".into()
            }
            Code::FilesFull => {
                "The space for files on this server is used up. Ask its operator to make room; text still goes out."
                    .into()
            }
            Code::Internal => "Something broke on the server. Nothing was changed; try again.".into(),
        }
    }

    /// The name on the wire, such as `text_too_long`.
    pub fn name(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(name)) => name,
            _ => unreachable!("a unit variant serializes to a string"),
        }
    }

    /// The code with this name on the wire.
    pub fn from_name(name: &str) -> Option<Self> {
        json::read(serde_json::Value::String(name.to_owned())).ok()
    }
}

fn thousands(number: usize) -> String {
    match (number / 1000, number % 1000) {
        (0, rest) => rest.to_string(),
        (whole, rest) => format!("{whole},{rest:03}"),
    }
}

/// A refusal as it crosses the wire: `{"code": "empty_text", "message": "There is …"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub code: Code,
    /// A sentence for people.
    pub message: String,
    /// Under which id the server logged it (only for [`Code::Internal`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
    /// In how many milliseconds to try again (only for [`Code::TooFast`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// Which field is wrong (only for [`Code::Malformed`], and not for every payload).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Box<Details>>,
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self::saying(code, code.sentence())
    }
}

impl Refusal {
    /// The same "no", with a sentence that fits this case better.
    pub fn saying(code: Code, message: String) -> Self {
        Self { code, message, incident: None, retry_after: None, details: None }
    }

    /// Too much in this time; `millis` is when there is room again.
    pub fn too_fast(millis: u32) -> Self {
        let message = format!("Too fast. Try again in {millis} ms.");
        Self { retry_after: Some(millis), message, ..Code::TooFast.into() }
    }

    /// The payload is not what the command takes.
    pub fn malformed(details: Details) -> Self {
        Self { details: Some(Box::new(details)), ..Code::Malformed.into() }
    }

    /// Something broke; `incident` is the id in the server's log.
    pub fn internal(incident: String) -> Self {
        Self { incident: Some(incident), ..Code::Internal.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}
