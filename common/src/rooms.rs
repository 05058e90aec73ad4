//! Rooms: where messages are posted, and who belongs to them.

use crate::{
    Code, CommandId, Millis, PersonId, RoomId, Seq,
    accounts::checked_name,
    commands::command,
    limits,
    messages::MessagePage,
    notifications::Level,
    permissions::{MemberGroup, RoomRole},
    reading::{Reader, is_zero},
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// Any member of the workspace may find and join it.
    Public,
    /// By invitation; others do not learn that it exists.
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
    /// How often the read position was set back by [`crate::reading::MarkUnread`]; of two positions
    /// with the same number here, the later one stands.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rewinds: i64,
    /// Of what this person wants to be told here, if they have chosen that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// When the last message was posted, or the room made.
    pub active_at: Millis,
    /// It can be read, but nothing in it changes any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    /// Who may post in it.
    #[serde(default, skip_serializing_if = "MemberGroup::is_everyone")]
    pub posting: MemberGroup,
    /// Who may address everyone in it with `@room`.
    #[serde(default, skip_serializing_if = "MemberGroup::is_everyone")]
    pub announcing: MemberGroup,
    /// Whether it stands first in this person's sidebar.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub starred: bool,
}

impl RoomSummary {
    /// A room as it is when it is made, before anything happens in it.
    pub fn made(id: RoomId, kind: RoomKind, name: String, at: Millis) -> Self {
        Self {
            id,
            kind,
            name,
            topic: String::new(),
            people: Vec::new(),
            seq: 0,
            read: 0,
            unread: 0,
            mentions: Vec::new(),
            rewinds: 0,
            level: None,
            active_at: at,
            archived: false,
            posting: MemberGroup::Everyone,
            announcing: MemberGroup::Everyone,
            starred: false,
        }
    }
}

impl RoomSummary {
    /// The read position, to be compared with another one of this person: the greater stands.
    pub fn position(&self) -> (i64, Seq) {
        (self.rewinds, self.read)
    }

    /// Of what this person is told here.
    pub fn level(&self) -> Level {
        self.level.unwrap_or(Level::usual(self.kind))
    }
}

/// The address of a room.
pub fn path_of(room: RoomId) -> String {
    format!("/rooms/{room}")
}

/// The address of a message.
pub fn path_to(room: RoomId, seq: Seq) -> String {
    format!("/rooms/{room}/{seq}")
}

/// What a room is called in a sentence, where it does not say who is in it.
pub fn name_in_sentence(kind: RoomKind, name: &str) -> String {
    match kind {
        RoomKind::Public => format!("#{name}"),
        RoomKind::Private => name.to_owned(),
        RoomKind::Direct => "a direct conversation".into(),
    }
}

/// A public room in the list of rooms to join.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomCard {
    pub id: RoomId,
    pub name: String,
    pub topic: String,
    pub members: u32,
    pub joined: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
}

/// A room with its people and a page of messages: the last one, or the one around a message that is
/// sought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomView {
    pub summary: RoomSummary,
    pub members: Vec<PersonId>,
    /// Those of the members who own it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<PersonId>,
    pub page: MessagePage,
    /// The place of the message that is sought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sought: Option<Seq>,
    /// How far the others have read, in a room of at most [`limits::RECEIPTS_MEMBERS`]: of those who
    /// show it, for those who do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<Reader>,
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
pub struct InvitedPeople {
    pub people: Vec<PersonId>,
}
command!(InvitePeople => "room:invite", InvitedPeople);

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

/// `room:change`: another name, topic or setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRoom {
    /// Made by the client, so that a resend is recognised.
    pub id: CommandId,
    pub room: RoomId,
    pub change: RoomChange,
}
command!(ChangeRoom => "room:change", ());

/// What is changed of a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomChange {
    Name(String),
    Topic(String),
    Archived(bool),
    Posting(MemberGroup),
    Announcing(MemberGroup),
}

/// `member:change`: give a member of a room another role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeMember {
    /// Made by the client, so that a resend is recognised.
    pub id: CommandId,
    pub room: RoomId,
    pub person: PersonId,
    pub role: RoomRole,
}
command!(ChangeMember => "member:change", ());

/// `member:remove`: take someone out of a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveMember {
    /// Made by the client, so that a resend is recognised.
    pub id: CommandId,
    pub room: RoomId,
    pub person: PersonId,
}
command!(RemoveMember => "member:remove", ());

/// `room:star`: have a room first in your sidebar, or not. Saying it again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarRoom {
    pub room: RoomId,
    pub starred: bool,
}
command!(StarRoom => "room:star", ());

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomStarred {
    pub room: RoomId,
    pub starred: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomRemoved {
    pub room: RoomId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomChanged {
    pub room: RoomId,
    pub seq: Seq,
    /// Who changed it.
    pub by: PersonId,
    pub change: RoomChange,
    pub at: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberJoined {
    pub room: RoomId,
    pub seq: Seq,
    pub person: PersonId,
    /// Who brought them in, if they did not come by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    #[serde(default, skip_serializing_if = "RoomRole::is_member")]
    pub role: RoomRole,
    #[serde(default)]
    pub at: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLeft {
    pub room: RoomId,
    pub seq: Seq,
    pub person: PersonId,
    /// Who removed them, if they did not leave by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    #[serde(default)]
    pub at: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberChanged {
    pub room: RoomId,
    pub seq: Seq,
    pub person: PersonId,
    pub role: RoomRole,
    /// Who gave them this role.
    pub by: PersonId,
    pub at: Millis,
}

/// The name as it will be stored: without a `#` in front, on one line.
///
/// # Errors
/// [`Code::BadRoomName`]
pub fn checked_room_name(name: &str) -> Result<String, Code> {
    let name = name.trim_start().trim_start_matches('#');
    checked_name(name, limits::ROOM_NAME_CHARS).map_err(|_| Code::BadRoomName)
}

/// The topic as it will be stored: on one line, perhaps empty.
///
/// # Errors
/// [`Code::BadTopic`]
pub fn checked_topic(topic: &str) -> Result<String, Code> {
    let topic = topic.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = topic.chars().count() <= limits::TOPIC_CHARS && !topic.chars().any(char::is_control);
    if fits { Ok(topic) } else { Err(Code::BadTopic) }
}
