//! What the reducer promises, in the words of people who chat.

mod annotations;
mod log;
mod pending;
mod people;
mod rows;
mod threads;
mod unread;

use super::*;
use common::{
    Code, FileId, PreviewId, ServerEvent,
    blocks::PersonBlocked,
    catch_up::LogEntry,
    files::{Attachment, FileKind},
    mentions::Mentions,
    messages::{Message, MessageDeleted, MessageEdited, MessagePage, PostMessage, Posted},
    notifications::LevelChanged,
    people::{Role, Status},
    permissions::{MemberGroup, RoomAction},
    pins::{Pin, PinChange},
    presence::{Presence, PresenceChanged},
    previews::{Preview, PreviewsChanged},
    reactions::{Reaction, ReactionChange},
    reading::{ReadMoved, Reader, ReadersMoved},
    rooms::{MemberChanged, MemberJoined, MemberLeft, RoomChange, RoomChanged, RoomView},
    saved::SavedChange,
    threads::{Replies, ThreadState, ThreadView},
    typing::TypingChanged,
};

fn person(name: &str) -> Person {
    Person::new(PersonId::new(), name.to_lowercase(), name.into(), 0, Role::Member)
}

fn summary(seq: Seq, read: Seq, unread: u32) -> RoomSummary {
    RoomSummary { seq, read, unread, ..RoomSummary::made(RoomId::new(), RoomKind::Public, "general".into(), 0) }
}

struct Table {
    state: ChatState,
    ada: PersonId,
    grace: PersonId,
    room: RoomId,
}

impl Table {
    /// What the server would write now, with the room's log at `seq`.
    fn snapshot(&self, seq: Seq) -> Snapshot {
        Snapshot {
            me: (*self.state.person(self.ada).expect("Ada knows herself")).clone(),
            workspace: self.state.workspace.clone(),
            people: self.state.people.iter().map(|(_, person)| (**person).clone()).collect(),
            rooms: vec![RoomSummary { seq, ..self.room().summary.clone() }],
            presence: Vec::new(),
            saved: Vec::new(),
            blocked: Vec::new(),
            place: Place::Home,
            thread: None,
            threads: Vec::new(),
            quiet: Quiet::default(),
            at: 0,
        }
    }
}

/// Ada looks at a room with messages 1 to `last`, all read, that Grace is in too.
fn ada_in_a_room_with(last: Seq) -> Table {
    let (ada, grace) = (person("Ada"), person("Grace"));
    let (ada_id, grace_id) = (ada.id, grace.id);
    let summary = summary(last, last, 0);
    let room = summary.id;
    let messages = (1..=last).map(|seq| message(room, grace_id, seq)).collect();
    let page = MessagePage { messages, ..MessagePage::default() };
    let view = RoomView {
        summary: summary.clone(),
        members: vec![ada_id, grace_id],
        owners: vec![grace_id],
        page,
        sought: None,
        readers: Vec::new(),
    };
    let state = ChatState::new(Snapshot {
        me: ada.clone(),
        workspace: Workspace { name: "Analytical".into(), sign_up_open: true, file_limit: 250_000_000 },
        people: vec![ada, grace],
        rooms: vec![summary],
        presence: Vec::new(),
        blocked: Vec::new(),
        place: Place::Room(Box::new(view)),
        saved: Vec::new(),
        thread: None,
        threads: Vec::new(),
        quiet: Quiet::default(),
        at: 0,
    });
    Table { state, ada: ada_id, grace: grace_id, room }
}

fn message(room: RoomId, author: PersonId, seq: Seq) -> Message {
    Message::posted(MessageId::new(), room, seq, author, format!("message {seq}"), seq * 1000)
}

fn edited(of: &Message, seq: Seq, text: &str, people: &[PersonId]) -> ServerEvent {
    ServerEvent::MessageEdited(MessageEdited {
        room: of.room,
        seq,
        message: of.id,
        message_seq: of.seq,
        author: of.author,
        parent: of.parent,
        text: text.into(),
        html: None,
        mentions: Mentions { everyone: false, people: people.to_vec() },
        at: seq,
    })
}

fn deleted(of: &Message, seq: Seq) -> ServerEvent {
    let Message { room, id: message, seq: message_seq, author, parent, .. } = *of;
    ServerEvent::MessageDeleted(MessageDeleted { room, seq, message, message_seq, author, parent, at: seq })
}

/// Everything up to `seq` is read, as it was counted when the room was at `last`.
fn moved(room: RoomId, seq: Seq, last: Seq) -> ReadMoved {
    ReadMoved { room, seq, unread: 0, mentions: Vec::new(), rewinds: 0, last }
}

fn logged(event: ServerEvent) -> LogEntry {
    let (_, seq) = event.place_in_log().unwrap();
    LogEntry { seq, name: event.name().into(), payload: event.payload().unwrap() }
}

fn joined(room: RoomId, seq: Seq, person: PersonId) -> ServerEvent {
    ServerEvent::MemberJoined(MemberJoined { room, seq, person, by: None, role: Default::default(), at: 0 })
}

impl Table {
    fn hears(&mut self, event: ServerEvent) -> Option<RoomId> {
        self.state.reduce(Change::Event { event, at: 0 })
    }

    fn posts(&mut self, text: &str) -> MessageId {
        let message = PostMessage::new(self.room, text);
        let id = message.id;
        self.state.reduce(Change::Queued(Pending { message, attachments: Vec::new(), at: 0, refusal: None }));
        id
    }

    fn room(&self) -> &Room {
        &self.state.rooms[&self.room]
    }

    /// How much is unread, and which of it mentions Ada.
    fn counts(&self) -> (u32, Vec<Seq>) {
        (self.room().summary.unread, self.room().summary.mentions.clone())
    }

    fn seqs(&self) -> Vec<Seq> {
        let timeline = self.room().timeline.as_ref().unwrap();
        timeline.messages.iter().map(|message| message.seq).collect()
    }
}

fn attachment() -> Attachment {
    let (name, media_type) = ("engine.png".into(), "image/png".into());
    let (width, height) = (Some(40), Some(30));
    Attachment { id: FileId::new(), name, kind: FileKind::Image, media_type, size: 1, width, height }
}
