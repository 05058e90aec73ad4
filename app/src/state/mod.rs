//! Client state: plain data, changed by one reducer, drawn by components that own none of it.
//!
//! Nothing here knows of Leptos, the browser or the network, so all of it is tested natively.
//!
//! Maps are sorted vectors (`litemap`) instead of B-trees, and no code sorts: with `serde_json`'s
//! `preserve_order` that is 14 kB less of the compressed client. Messages are behind `Arc`, so comparing them
//! is cheap.

mod pending;
mod people;
mod reduce;
mod room;
mod rows;
#[cfg(test)]
mod tests;
mod threads;
mod timeline;
mod unlogged;
mod unread;

pub use pending::Pending;
pub use people::Here;
pub use reduce::Change;
pub use room::Room;
pub use rows::{Row, RowKey, rows};
pub use threads::{Conversation, Reply, Thread};
pub use timeline::{Alteration, Annotated, Annotation, Revised, Timeline};
pub use unread::Step;

use unlogged::Unlogged;
use unread::Counting;

use common::{
    MessageId, Millis, PersonId, Refusal, RoomId, Seq,
    delivery::LogPosition,
    messages::Message,
    notifications::{Level, Quiet, Reason, Recipient},
    page::{Place, Snapshot, Workspace},
    people::{Person, Role},
    permissions::{RoomAccess, RoomRole, owns},
    presence::Presence,
    rooms::{RoomCard, RoomKind, RoomSummary, name_in_sentence},
    threads::ThreadState,
};
use litemap::LiteMap;
use std::sync::Arc;

/// Everything that the interface shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatState {
    pub me: PersonId,
    pub workspace: Workspace,
    pub people: LiteMap<PersonId, Arc<Person>>,
    pub rooms: LiteMap<RoomId, Room>,
    /// Public rooms that the user has looked at without being in them.
    pub joinable: LiteMap<RoomId, RoomCard>,
    /// Rooms that do not exist for this person.
    pub unknown: Vec<RoomId>,
    /// The saved messages.
    pub saved: LiteMap<MessageId, ()>,
    /// Everyone who is connected.
    pub presence: LiteMap<PersonId, Presence>,
    /// The blocked people.
    pub blocked: Vec<PersonId>,
    /// Who types where, and when that was last said.
    pub typing: LiteMap<(Conversation, PersonId), Millis>,
    /// How one stands with threads: with those in which something is unread, and those that were looked at.
    pub threads: LiteMap<MessageId, ThreadState>,
    /// Messages not yet acknowledged, in the order in which they were sent.
    pub pending: Vec<Pending>,
    pub link: Link,
    /// How many events there were to catch up with when the connection was made.
    pub missed: Seq,
    /// The times of "do not disturb".
    pub quiet: Quiet,
    /// What was last said on this connection of what is in no log.
    unlogged: Unlogged,
    /// Counts changes of people, and of messages that are here: not that new ones come. Each change of that kind
    /// has to count it up in the reducer, or rows show what was.
    pub altered: u32,
}

/// How things stand with the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    Connecting,
    Live,
    Reconnecting,
    /// The server does not let this client in any more, and says why.
    Refused(Refusal),
}

impl ChatState {
    pub fn new(snapshot: Snapshot) -> Self {
        let mut state = Self {
            me: snapshot.me.id,
            workspace: snapshot.workspace.clone(),
            people: LiteMap::new(),
            rooms: LiteMap::new(),
            joinable: LiteMap::new(),
            unknown: Vec::new(),
            saved: LiteMap::new(),
            presence: LiteMap::new(),
            blocked: Vec::new(),
            typing: LiteMap::new(),
            threads: LiteMap::new(),
            pending: Vec::new(),
            link: Link::Connecting,
            missed: 0,
            quiet: Quiet::default(),
            unlogged: Unlogged::default(),
            altered: 0,
        };
        state.reduce(Change::Snapshot(Box::new(snapshot)));
        state
    }

    /// What a room is called: a direct conversation after the others in it.
    pub fn room_name(&self, summary: &RoomSummary) -> String {
        match summary.kind {
            RoomKind::Public | RoomKind::Private => summary.name.clone(),
            RoomKind::Direct => {
                let others = summary.people.iter().filter(|&&id| id != self.me);
                let names: Vec<&str> =
                    others.filter_map(|id| self.people.get(id)).map(|person| person.name.as_str()).collect();
                names.join(", ")
            }
        }
    }

    /// The user's permissions in a loaded room.
    pub fn standing(&self, room: RoomId) -> Option<RoomAccess> {
        let Room { summary, owners, .. } = self.rooms.get(&room)?;
        let role = if owners.contains(&self.me) { RoomRole::Owner } else { RoomRole::Member };
        let in_workspace = self.role();
        Some(RoomAccess {
            kind: summary.kind,
            archived: summary.archived,
            posting: summary.posting,
            announcing: summary.announcing,
            is_owner: owns(summary.kind, role, in_workspace),
            is_guest: in_workspace == Role::Guest,
        })
    }

    /// What a room is called in a sentence.
    pub fn room_in_sentence(&self, summary: &RoomSummary) -> String {
        match summary.kind {
            RoomKind::Public | RoomKind::Private => name_in_sentence(summary.kind, &summary.name),
            RoomKind::Direct => self.room_name(summary),
        }
    }

    /// Why the user is notified of a message; `None` without a notification.
    pub fn reason(&self, message: &Message) -> Option<Reason> {
        if self.blocked.contains(&message.author) {
            return None;
        }
        let summary = &self.rooms.get(&message.room)?.summary;
        let thread = message.parent.and_then(|parent| self.threads.get(&parent));
        let follows = thread.is_some_and(|thread| thread.following);
        Recipient { person: self.me, kind: summary.kind, level: summary.level(), follows }.reason(message)
    }

    /// Whether a message is after the read position.
    pub fn is_unread(&self, message: &Message) -> bool {
        let read = match message.parent {
            Some(parent) => self.threads.get(&parent).map(|thread| thread.read),
            None => self.rooms.get(&message.room).map(|room| room.summary.read),
        };
        read.is_some_and(|read| message.seq > read)
    }

    /// How much is unread that is meant for oneself: mentions, what is said in direct conversations, and
    /// replies in followed threads. Muted rooms do not count.
    pub fn badge(&self) -> usize {
        let count = |summary: &RoomSummary| match (summary.level(), summary.kind) {
            (Level::None, _) => 0,
            (Level::All, RoomKind::Direct) => summary.unread as usize,
            (Level::All | Level::Mentions, _) => summary.mentions.len(),
        };
        let in_rooms: usize = self.rooms.values().map(|room| count(&room.summary)).sum();
        let muted = |room| self.rooms.get(&room).is_some_and(|known| known.summary.level() == Level::None);
        let heard = self.threads.values().filter(|standing| !muted(standing.room));
        in_rooms + heard.map(|standing| standing.unread as usize).sum::<usize>()
    }

    /// What is loaded of a conversation.
    pub fn timeline(&self, conversation: Conversation) -> Option<&Timeline> {
        let room = self.rooms.get(&conversation.room)?;
        match conversation.thread {
            None => room.timeline.as_ref(),
            Some(thread) => room.threads.get(&thread).map(|thread| &thread.timeline),
        }
    }

    /// How far each room's log is here.
    pub fn complete(&self) -> Vec<LogPosition> {
        self.rooms.iter().map(|(room, known)| LogPosition { room: *room, seq: known.complete }).collect()
    }

    /// The rooms that are loaded and whose logs have gone on without this client.
    pub fn behind(&self) -> Vec<RoomId> {
        self.rooms.iter().filter(|(_, room)| room.behind() > 0).map(|(id, _)| *id).collect()
    }

    /// How many events of loaded rooms are missing here.
    pub fn missing(&self) -> Seq {
        self.rooms.values().map(Room::behind).sum()
    }

    /// A message that is loaded, of a room's conversation or of a thread.
    pub fn message(&self, room: RoomId, id: MessageId) -> Option<&Arc<Message>> {
        let room = self.rooms.get(&room)?;
        let of_threads = room.threads.values().flat_map(|thread| thread.timeline.messages.iter().chain(&thread.parent));
        let of_room = room.timeline.iter().flat_map(|timeline| timeline.messages.iter().rev());
        of_room.chain(of_threads).find(|message| message.id == id)
    }

    /// The message that has a place in a room's log, if it is loaded.
    pub fn message_at(&self, room: RoomId, seq: Seq) -> Option<&Arc<Message>> {
        let room = self.rooms.get(&room)?;
        let of_room = room.timeline.as_ref().and_then(|timeline| timeline.at(seq));
        of_room.or_else(|| room.threads.values().find_map(|thread| thread.at(seq)))
    }

    /// Whether the user has saved a message.
    pub fn has_saved(&self, id: MessageId) -> bool {
        self.saved.contains_key(&id)
    }

    /// The user's last message in a conversation, of those that are loaded and not deleted.
    pub fn last_own_message(&self, conversation: Conversation) -> Option<MessageId> {
        let timeline = self.timeline(conversation)?;
        let is_own = |message: &&Arc<Message>| message.author == self.me && !message.is_deleted();
        timeline.shown().iter().rev().find(is_own).map(|message| message.id)
    }

    fn arrive_at(&mut self, place: Place) {
        match place {
            Place::Home => {}
            Place::Room(view) => {
                self.reduce(Change::Opened(*view));
            }
            Place::Joinable(card) => {
                self.joinable.insert(card.id, card);
            }
            Place::Unknown { room } => {
                self.unknown.push(room);
            }
        }
    }
}
