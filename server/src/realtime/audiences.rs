//! Audiences: the Socket.IO rooms of connections, and the audience of each event.

use common::{PersonId, ProgramId, RoomId, ServerEvent};

/// The namespaces' paths.
pub const CHAT: &str = "/chat";
pub const ADMIN: &str = "/admin";
pub const BOT: &str = "/bot";

/// All welcomed connections. The namespace also contains connections that have not received their welcome yet.
pub const EVERYONE: &str = "everyone";

/// Connections of members, who see everyone, and of guests, who do not.
pub const MEMBERS: &str = "members";
pub const GUESTS: &str = "guests";

/// Connections that accept batches, and those that do not.
pub const BATCH: &str = "batch";
pub const SINGLE: &str = "single";

/// The members of a room.
pub fn room(id: RoomId) -> String {
    format!("room:{id}")
}

/// All devices of one person.
pub fn person(id: PersonId) -> String {
    format!("person:{id}")
}

/// All connections of one program.
pub fn program(id: ProgramId) -> String {
    format!("program:{id}")
}

/// All connections of one session. The key is neither the token nor its hash.
pub fn session(key: &str) -> String {
    format!("session:{key}")
}

/// The audience of an event that a commit publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventAudience {
    /// The members of a room, in the order of its log.
    Members(RoomId),
    /// The members of a room, which this person joins before the event.
    Joining { room: RoomId, person: PersonId },
    /// The members of a room, which this person leaves before the event.
    Leaving { room: RoomId, person: PersonId },
    /// Everyone who sees this person.
    Acquaintances(PersonId),
    /// No audience: an event for a person's own devices, or an event without a commit.
    Selected,
}

impl EventAudience {
    /// The match is exhaustive, so a new event needs an audience.
    pub fn of(event: &ServerEvent) -> Self {
        match event {
            ServerEvent::MessagePosted(message) => Self::Members(message.room),
            ServerEvent::MessageEdited(edited) => Self::Members(edited.room),
            ServerEvent::MessageDeleted(deleted) => Self::Members(deleted.room),
            ServerEvent::ReactionAdded(reacted) | ServerEvent::ReactionRemoved(reacted) => Self::Members(reacted.room),
            ServerEvent::PinAdded(moved) | ServerEvent::PinRemoved(moved) => Self::Members(moved.room),
            ServerEvent::PreviewsChanged(changed) => Self::Members(changed.room),
            ServerEvent::MemberChanged(changed) => Self::Members(changed.room),
            ServerEvent::RoomChanged(changed) => Self::Members(changed.room),
            ServerEvent::MemberJoined(joined) => Self::Joining { room: joined.room, person: joined.person },
            ServerEvent::MemberLeft(left) => Self::Leaving { room: left.room, person: left.person },
            ServerEvent::PersonChanged(person) => Self::Acquaintances(person.id),
            ServerEvent::RoomAdded(_)
            | ServerEvent::RoomRemoved(_)
            | ServerEvent::RoomStarred(_)
            | ServerEvent::ReadMoved(_)
            | ServerEvent::ThreadChanged(_)
            | ServerEvent::LevelChanged(_)
            | ServerEvent::QuietChanged(_)
            | ServerEvent::SavedAdded(_)
            | ServerEvent::SavedRemoved(_)
            | ServerEvent::ReadersMoved(_)
            | ServerEvent::PersonBlocked(_)
            | ServerEvent::TypingChanged(_)
            | ServerEvent::PresenceChanged(_)
            | ServerEvent::Announced(_)
            | ServerEvent::SessionEnded(_)
            | ServerEvent::ServerStopping(_) => Self::Selected,
        }
    }
}
