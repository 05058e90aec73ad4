//! Server events: everything that the server tells clients unasked, in one enum.

use crate::{
    RoomId, Seq,
    announcements::Announcement,
    blocks::PersonBlocked,
    catch_up::LogEntry,
    connections::{ServerStopping, SessionEnded},
    json::{self, Mismatch},
    messages::{Message, MessageDeleted, MessageEdited},
    notifications::{LevelChanged, QuietChanged},
    people::Person,
    pins::PinChange,
    presence::PresenceChanged,
    previews::PreviewsChanged,
    reactions::ReactionChange,
    reading::{ReadMoved, ReadersMoved},
    rooms::{MemberChanged, MemberJoined, MemberLeft, RoomChanged, RoomRemoved, RoomStarred, RoomSummary},
    saved::SavedChange,
    threads::ThreadState,
    typing::TypingChanged,
};
use serde_json::Value;

/// Each event has its name and its payload; its sentence is in [`crate::words`].
macro_rules! server_events {
    ($($(#[$doc:meta])* $variant:ident($payload:ty) = $name:literal,)*) => {
        /// What the server tells clients. On the wire it is a Socket.IO event whose name is
        /// [`ServerEvent::name`] and whose only argument is the payload.
        #[derive(Clone, Debug, PartialEq)]
        pub enum ServerEvent {
            $($(#[$doc])* $variant($payload),)*
        }

        impl ServerEvent {
            /// Every event name, in the order of this file.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// The Socket.IO event name, `feature:happened`.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)* }
            }

            /// The payload as JSON.
            ///
            /// # Errors
            /// When the payload cannot be written as JSON, which no payload here allows.
            pub fn payload(&self) -> serde_json::Result<Value> {
                match self { $(Self::$variant(payload) => serde_json::to_value(payload),)* }
            }

            /// Reads an event from its name and payload; `None` for a name that this version does not know.
            ///
            /// # Errors
            /// When the payload is not what the name promises.
            pub fn read(name: &str, payload: Value) -> Result<Option<Self>, Mismatch> {
                Ok(Some(match name {
                    $($name => Self::$variant(json::read(payload)?),)*
                    _ => return Ok(None),
                }))
            }
        }
    };
}

/// The name of a Socket.IO event that brings several server events at once, to clients that say in
/// their CONNECT packet that they take it: `{"batch": true}`. Its only argument is a list of them, in
/// order, each `[name, payload]`.
pub const BATCH: &str = "batch";

impl ServerEvent {
    /// The payload of a [`BATCH`].
    ///
    /// # Errors
    /// Those of [`ServerEvent::payload`].
    pub fn batch(events: &[Self]) -> serde_json::Result<Value> {
        events.iter().map(|event| Ok(Value::Array(vec![event.name().into(), event.payload()?]))).collect()
    }

    /// Reads what a Socket.IO event brings: one server event, or a batch of them.
    pub fn read_all(name: &str, payload: Value) -> Vec<Result<Option<Self>, Mismatch>> {
        if name != BATCH {
            return vec![Self::read(name, payload)];
        }
        match json::read::<Vec<(String, Value)>>(payload) {
            Ok(batch) => batch.into_iter().map(|(name, payload)| Self::read(&name, payload)).collect(),
            Err(error) => vec![Err(error)],
        }
    }

    /// The place in a room's log that this event has; `None` for what is not in the log.
    pub fn place_in_log(&self) -> Option<(RoomId, Seq)> {
        match self {
            Self::MessagePosted(message) => Some((message.room, message.seq)),
            Self::MessageEdited(edited) => Some((edited.room, edited.seq)),
            Self::MessageDeleted(deleted) => Some((deleted.room, deleted.seq)),
            Self::ReactionAdded(reacted) | Self::ReactionRemoved(reacted) => Some((reacted.room, reacted.seq)),
            Self::PinAdded(moved) | Self::PinRemoved(moved) => Some((moved.room, moved.seq)),
            Self::PreviewsChanged(changed) => Some((changed.room, changed.seq)),
            Self::MemberJoined(joined) => Some((joined.room, joined.seq)),
            Self::MemberLeft(left) => Some((left.room, left.seq)),
            Self::MemberChanged(changed) => Some((changed.room, changed.seq)),
            Self::RoomChanged(changed) => Some((changed.room, changed.seq)),
            Self::RoomAdded(_)
            | Self::RoomRemoved(_)
            | Self::RoomStarred(_)
            | Self::ReadMoved(_)
            | Self::ThreadChanged(_)
            | Self::LevelChanged(_)
            | Self::QuietChanged(_)
            | Self::SavedAdded(_)
            | Self::SavedRemoved(_)
            | Self::ReadersMoved(_)
            | Self::PersonBlocked(_)
            | Self::TypingChanged(_)
            | Self::PersonChanged(_)
            | Self::PresenceChanged(_)
            | Self::Announced(_)
            | Self::SessionEnded(_)
            | Self::ServerStopping(_) => None,
        }
    }
}

server_events! {
    /// To the room's members: a message was stored.
    MessagePosted(Message) = "message:posted",
    /// To the room's members: a message's text was replaced.
    MessageEdited(MessageEdited) = "message:edited",
    /// To the room's members: only a trace of a message is left.
    MessageDeleted(MessageDeleted) = "message:deleted",
    /// To the room's members: someone put an emoji under a message.
    ReactionAdded(ReactionChange) = "reaction:added",
    /// To the room's members: someone took their emoji away.
    ReactionRemoved(ReactionChange) = "reaction:removed",
    /// To the room's members: a message was pinned.
    PinAdded(PinChange) = "pin:added",
    /// To the room's members: a message is no longer pinned.
    PinRemoved(PinChange) = "pin:removed",
    /// To the room's members: a message has other previews of its links.
    PreviewsChanged(PreviewsChanged) = "previews:changed",
    /// To a person's own devices: a room is in their sidebar from now on.
    RoomAdded(RoomSummary) = "room:added",
    /// To a person's own devices: a room has left their sidebar.
    RoomRemoved(RoomRemoved) = "room:removed",
    /// To a person's own devices: a room stands first in their sidebar, or not any more.
    RoomStarred(RoomStarred) = "room:starred",
    /// To the room's members: it has another name, topic or setting.
    RoomChanged(RoomChanged) = "room:changed",
    /// To the room's members.
    MemberJoined(MemberJoined) = "member:joined",
    /// To the room's members.
    MemberLeft(MemberLeft) = "member:left",
    /// To the room's members: someone has another role in it.
    MemberChanged(MemberChanged) = "member:changed",
    /// To a person's own devices: their read position has moved.
    ReadMoved(ReadMoved) = "read:moved",
    /// To a person's own devices: a thread that they follow has another reply, they have read further in it,
    /// or they follow it from now on, or not any more.
    ThreadChanged(ThreadState) = "thread:changed",
    /// To a person's own devices: they want to be told of something else in a room.
    LevelChanged(LevelChanged) = "level:changed",
    /// To a person's own devices: they do not want to be disturbed, or they do again.
    QuietChanged(QuietChanged) = "quiet:changed",
    /// To a person's own devices: they have saved a message.
    SavedAdded(SavedChange) = "saved:added",
    /// To a person's own devices: they have not saved it any more.
    SavedRemoved(SavedChange) = "saved:removed",
    /// To the members of a small room, but not to those who hide how far they have read: others have
    /// read further.
    ReadersMoved(ReadersMoved) = "readers:moved",
    /// To everyone in the room but the one who types.
    TypingChanged(TypingChanged) = "typing:changed",
    /// To everyone: someone signed up or changed their profile.
    PersonChanged(Person) = "person:changed",
    /// To a person's own devices: they have blocked someone, or not any more.
    PersonBlocked(PersonBlocked) = "person:blocked",
    /// To everyone: devices have connected or gone.
    PresenceChanged(PresenceChanged) = "presence:changed",
    /// To everyone, or to the members of a room: an announcement of an admin.
    Announced(Announcement) = "announcement:made",
    /// To one session's connections, right before they are closed.
    SessionEnded(SessionEnded) = "session:ended",
    /// To everyone, right before their connections are closed.
    ServerStopping(ServerStopping) = "server:stopping",
}

impl LogEntry {
    /// The event; `None` when this version does not know it.
    ///
    /// # Errors
    /// When the payload is not what the name promises.
    pub fn event(self) -> Result<Option<ServerEvent>, Mismatch> {
        ServerEvent::read(&self.name, self.payload)
    }
}
