//! What a page load starts from: the same value in the server's HTML and from `GET /api/page`.

use crate::{
    MessageId, Millis, PersonId, RoomId,
    commands::command,
    notifications::Quiet,
    people::Person,
    presence::Presence,
    rooms::{RoomCard, RoomSummary, RoomView},
    threads::{ThreadState, ThreadView},
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    pub name: String,
    pub sign_up_open: bool,
    /// Bytes that a file may have.
    #[serde(default)]
    pub file_limit: u64,
}

/// The page that a visitor gets: depends on whether there is a workspace and who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// The workspace is not set up yet.
    SetUp,
    /// A visitor who is not signed in.
    Visitor(Workspace),
    /// Someone who is.
    Chat(Box<Snapshot>),
}

/// Everything that a client needs to draw the interface for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub me: Person,
    pub workspace: Workspace,
    pub people: Vec<Person>,
    pub rooms: Vec<RoomSummary>,
    pub presence: Vec<Presence>,
    /// The messages that this person has saved, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub saved: Vec<MessageId>,
    /// Whom this person has blocked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocked: Vec<PersonId>,
    pub place: Place,
    /// The thread that is open beside the room, if the address names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<Box<ThreadView>>,
    /// The threads that one follows and in which something is unread.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub threads: Vec<ThreadState>,
    /// When one does not want to be disturbed.
    #[serde(default, skip_serializing_if = "Quiet::is_unset")]
    pub quiet: Quiet,
    /// The server's clock when it answered.
    pub at: Millis,
}

/// What the main pane shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Home,
    Room(Box<RoomView>),
    /// A public room that one is not in.
    Joinable(RoomCard),
    /// No such room, or not for this person: the two look the same.
    Unknown {
        room: RoomId,
    },
}

/// `snapshot:get`: a fresh snapshot, with one room open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetSnapshot {
    pub room: Option<RoomId>,
}
command!(GetSnapshot => "snapshot:get", Snapshot);
