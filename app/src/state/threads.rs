//! Threads that have been opened, and what the messages of a room tell of the replies to them.
//!
//! An open thread is a second timeline of its room. The client asks for it once; after that the reducer puts
//! replies in, and the client asks again only when the room jumps. Each `message:posted` with a parent counts
//! the parent's replies further.

use super::{Alteration, ChatState, Room, Timeline};
use common::{
    MessageId, Millis, PersonId, RoomId, Seq,
    messages::Message,
    rooms::RoomSummary,
    threads::{Replies, ThreadState, ThreadView},
};
use std::sync::Arc;

/// How many of the last replies are kept, for a page that was on its way.
const REPLIES_KEPT: usize = 64;

/// Where people conversation: in a room, or in a thread of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Conversation {
    pub room: RoomId,
    pub thread: Option<MessageId>,
}

impl Conversation {
    /// The conversation of a room.
    pub fn of(room: RoomId) -> Self {
        Self { room, thread: None }
    }

    /// The thread of a message.
    pub fn beside(room: RoomId, parent: MessageId) -> Self {
        Self { room, thread: Some(parent) }
    }
}

/// A thread that has been opened. Replies that come before its page does are here already.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thread {
    /// The message that was replied to, once the page is here.
    pub parent: Option<Arc<Message>>,
    pub timeline: Timeline,
}

/// A reply, without its words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reply {
    parent: MessageId,
    author: PersonId,
    seq: Seq,
    at: Millis,
}

impl Reply {
    /// What the message it replies to tells of it.
    pub fn of(message: &Message) -> Option<Self> {
        Some(Self { parent: message.parent?, author: message.author, seq: message.seq, at: message.at })
    }

    /// Counts it where that was not done yet.
    fn count_in(self, parent: &mut Arc<Message>) {
        if parent.replies.as_ref().is_some_and(|replies| replies.last >= self.seq) {
            return;
        }
        match &mut Arc::make_mut(parent).replies {
            Some(replies) => replies.add(self.author, self.seq, self.at),
            none => *none = Some(Replies::first(self.author, self.seq, self.at)),
        }
    }
}

impl Timeline {
    /// Counts a reply to one of the messages, if that is here.
    pub(super) fn count(&mut self, reply: Reply) {
        if let Some(parent) = self.messages.iter_mut().rev().find(|message| message.id == reply.parent) {
            reply.count_in(parent);
        }
    }
}

impl Thread {
    /// Its page has come. Of a thread that is here already, nothing in it is news.
    fn load(&mut self, view: ThreadView) {
        if self.parent.is_none() {
            self.parent = Some(Arc::new(view.parent));
            self.timeline.prepend(view.page);
        }
    }

    /// Has something happen to a message of the thread.
    pub(super) fn alter(&mut self, alteration: &Alteration) {
        self.timeline.alter(alteration);
        if let Some(parent) = self.parent.as_mut().filter(|parent| parent.id == alteration.message()) {
            alteration.put_into(parent);
        }
    }

    /// The message that has a place in the room's log.
    pub(super) fn at(&self, seq: Seq) -> Option<&Arc<Message>> {
        self.timeline.at(seq).or_else(|| self.parent.as_ref().filter(|parent| parent.seq == seq))
    }
}

impl Room {
    /// A reply of this user is stored.
    pub(super) fn insert_reply(&mut self, parent: MessageId, message: Message) {
        if let Some(thread) = self.threads.get_mut(&parent) {
            thread.timeline.insert(message);
        }
    }

    /// A message of the room's conversation was replied to.
    pub(super) fn take_in_reply(&mut self, reply: Reply, message: Message) {
        if let Some(timeline) = &mut self.timeline {
            timeline.count(reply);
        }
        if let Some(thread) = self.threads.get_mut(&reply.parent) {
            thread.timeline.insert(message);
            if let Some(parent) = &mut thread.parent {
                reply.count_in(parent);
            }
        }
        self.replies.truncate(REPLIES_KEPT - 1);
        self.replies.insert(0, reply);
    }

    /// A thread's page, which may have been written before changes that are known here.
    pub(super) fn load_thread(&mut self, view: ThreadView) {
        let id = view.parent.id;
        let Some(thread) = self.threads.get_mut(&id) else { return };
        thread.load(view);
        for alteration in self.unplaced.iter().rev() {
            thread.alter(alteration);
        }
        if let Some(parent) = &mut thread.parent {
            for reply in self.replies.iter().rev().filter(|reply| reply.parent == id) {
                reply.count_in(parent);
            }
        }
    }
}

impl ChatState {
    /// The unread replies in followed threads.
    pub fn unread_replies(&self) -> u32 {
        self.threads.values().map(|standing| standing.unread).sum()
    }

    /// Where one is in a conversation: how often that was set back, how far one has read, and how much is
    /// unread after that.
    pub fn position(&self, conversation: Conversation) -> (i64, Seq, u32) {
        let of_room = || self.rooms.get(&conversation.room).map(|room| &room.summary);
        let found = match conversation.thread {
            None => of_room().map(|one| (one.rewinds, one.read, one.unread)),
            Some(parent) => self.threads.get(&parent).map(|one| (one.rewinds, one.read, one.unread)),
        };
        found.unwrap_or_default()
    }

    /// How many of them mention oneself.
    pub fn mentions_in_threads(&self) -> u32 {
        self.threads.values().map(|standing| standing.mentions).sum()
    }

    pub(super) fn open_thread(&mut self, view: ThreadView) {
        self.altered += 1;
        self.stand(view.standing);
        if let Some(room) = self.rooms.get_mut(&view.parent.room) {
            room.load_thread(view);
        }
    }

    pub(super) fn give_thread_up(&mut self, conversation: Conversation) {
        if let (Some(room), Some(parent)) = (self.rooms.get_mut(&conversation.room), conversation.thread)
            && room.threads.get(&parent).is_some_and(|thread| thread.parent.is_none())
        {
            room.threads.remove(&parent);
        }
    }

    /// The user's standing in a thread, as the server says. A later answer wins.
    pub(super) fn stand(&mut self, standing: ThreadState) {
        let is_news = |known: &ThreadState| {
            known.following != standing.following
                || (known.last <= standing.last && known.position() <= standing.position())
        };
        if self.threads.get(&standing.parent).is_none_or(is_news) {
            self.threads.insert(standing.parent, standing);
        }
    }

    /// A snapshot names the threads in which something is unread; in others nothing is, unless there was
    /// a reply after it was written.
    pub(super) fn stand_anew(&mut self, rooms: &[RoomSummary], unread: Vec<ThreadState>) {
        self.threads.retain(|_, standing| rooms.iter().any(|room| room.id == standing.room));
        for (_, known) in self.threads.iter_mut() {
            let is_older = |room: &RoomSummary| room.id == known.room && room.seq >= known.last;
            if !rooms.iter().any(is_older) {
                continue;
            }
            let named = unread.iter().find(|standing| standing.parent == known.parent);
            if named.is_none() {
                (known.unread, known.mentions) = (0, 0);
            }
            // With fewer than are known, one has left the thread meanwhile and come back.
            known.rewinds = known.rewinds.min(named.map_or(0, |standing| standing.rewinds));
        }
        for standing in unread {
            self.stand(standing);
        }
    }
}
