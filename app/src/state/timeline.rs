//! The part of a room's messages that this client has: a run without holes, up to the newest.

use common::{
    MessageId, Seq, ServerEvent,
    catch_up::Logged,
    mentions::Mentions,
    messages::{Message, MessagePage, Revision},
};
use litemap::LiteMap;
use std::sync::Arc;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// In the order of their `seq`, each once.
    pub messages: Vec<Arc<Message>>,
    /// Whether the server has messages before these.
    pub earlier: bool,
    /// What happened in the room besides messages, by place in its log.
    pub notes: LiteMap<Seq, Arc<ServerEvent>>,
}

/// What a message says after a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Revised {
    pub id: MessageId,
    pub text: String,
    pub html: Option<String>,
    pub mentions: Mentions,
    pub revision: Revision,
}

impl Revised {
    /// Gives the message what it says now, unless that was said by a later change.
    pub(super) fn put_into(&self, message: &mut Arc<Message>) {
        if message.revision.is_none_or(|last| last.seq < self.revision.seq) {
            let message = Arc::make_mut(message);
            message.text.clone_from(&self.text);
            message.html.clone_from(&self.html);
            message.mentions.clone_from(&self.mentions);
            message.revision = Some(self.revision);
            if message.is_deleted() {
                message.attachments.clear();
            }
        }
    }
}

impl Timeline {
    /// A room's newest page.
    pub fn of(page: MessagePage) -> Self {
        let messages = page.messages.into_iter().map(Arc::new).collect();
        let mut timeline = Self { messages, earlier: page.earlier, notes: LiteMap::new() };
        timeline.take_notes(page.notes);
        timeline
    }

    fn take_notes(&mut self, notes: Vec<Logged>) {
        for logged in notes {
            let seq = logged.seq;
            // What this version does not know, it does not show.
            if let Ok(Some(event)) = logged.event() {
                self.note(seq, event);
            }
        }
    }

    /// Puts something that happened in the room in its place.
    pub fn note(&mut self, seq: Seq, event: ServerEvent) {
        self.notes.insert(seq, Arc::new(event));
    }

    /// Takes in the page before the first message.
    pub fn prepend(&mut self, page: MessagePage) {
        self.earlier = page.earlier;
        self.take_notes(page.notes);
        for message in page.messages {
            self.insert(message);
        }
    }

    /// Puts a message in its place. One that is there already changes nothing.
    pub fn insert(&mut self, message: Message) {
        let place = self.messages.partition_point(|other| other.seq < message.seq);
        if self.messages.get(place).is_none_or(|other| other.seq != message.seq) {
            self.messages.insert(place, Arc::new(message));
        }
    }

    /// Gives a message, if it is here, what it says after a change. A later change stays.
    pub fn revise(&mut self, revised: &Revised) {
        if let Some(message) = self.messages.iter_mut().find(|message| message.id == revised.id) {
            revised.put_into(message);
        }
    }

    /// The place before which the next page of history ends.
    pub fn first_seq(&self) -> Option<Seq> {
        self.messages.first().map(|message| message.seq)
    }
}
