//! Rooms: where messages are posted, and who belongs to them.

use crate::{Millis, PersonId, RoomId, Seq, commands::command, messages::MessagePage};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// Any member of the workspace may find and join it.
    Public,
    /// By invitation; nobody outside learns that it exists.
    Private,
    /// A conversation of a fixed set of people.
    Direct,
}

/// A room as one of its members sees it in the sidebar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomSummary {
    pub id: RoomId,
    pub kind: RoomKind,
    /// Empty for a direct conversation, which is named after its people.
    pub name: String,
    pub topic: String,
    /// In a direct conversation everyone in it; otherwise empty.
    pub people: Vec<PersonId>,
    /// The room's last event.
    pub seq: Seq,
    /// How far this person has read.
    pub read: Seq,
    /// Others' messages after `read`, without deleted ones, counted up to [`crate::limits::UNREAD_COUNTED`].
    pub unread: u32,
    /// Those of them that mention this person, by their places, at most as many. A list and not a
    /// count: an edit that is heard twice, or late, then counts once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Seq>,
    /// How often the read position was set anew by [`crate::reading::MarkUnread`]; of two positions
    /// with the same number here, the later one stands.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rewinds: i64,
    /// When the last message was posted, or the room made.
    pub active_at: Millis,
}

impl RoomSummary {
    /// The read position, to be compared with another one of this person: the greater stands.
    pub fn position(&self) -> (i64, Seq) {
        (self.rewinds, self.read)
    }
}

pub(crate) fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// A public room in the list of rooms to join.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomCard {
    pub id: RoomId,
    pub name: String,
    pub topic: String,
    pub members: u32,
    pub joined: bool,
}

/// A room with its people and its last page of messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomView {
    pub summary: RoomSummary,
    pub members: Vec<PersonId>,
    pub page: MessagePage,
}

/// `room:list`: the public rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRooms {}
command!(ListRooms => "room:list", Vec<RoomCard>);

/// `room:create`: a public or private room, with oneself in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateRoom {
    pub kind: RoomKind,
    pub name: String,
    #[serde(default)]
    pub topic: String,
}
command!(CreateRoom => "room:create", RoomSummary);

/// `room:join`: enter a public room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinRoom {
    pub room: RoomId,
}
command!(JoinRoom => "room:join", RoomSummary);

/// `room:leave`: leave a public or private room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaveRoom {
    pub room: RoomId,
}
command!(LeaveRoom => "room:leave", ());

/// `room:invite`: bring people into a room that one is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitePeople {
    pub room: RoomId,
    pub people: Vec<PersonId>,
}
/// The reply lists who is new in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    pub people: Vec<PersonId>,
}
command!(InvitePeople => "room:invite", Invited);

/// `room:open`: a room with its people and its last page of messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRoom {
    pub room: RoomId,
}
command!(OpenRoom => "room:open", RoomView);

/// `direct:start`: the conversation with exactly these people, made if there is none yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartDirect {
    pub people: Vec<PersonId>,
}
command!(StartDirect => "direct:start", RoomSummary);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomRemoved {
    pub room: RoomId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberJoined {
    pub room: RoomId,
    pub seq: Seq,
    pub person: PersonId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLeft {
    pub room: RoomId,
    pub seq: Seq,
    pub person: PersonId,
}
