//! The part of a room's messages that this client has: a run without holes, up to the newest.

use common::{
    MessageId, Seq,
    mentions::Mentions,
    messages::{Message, MessagePage, Revision},
};
use std::sync::Arc;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// In the order of their `seq`, each once.
    pub messages: Vec<Arc<Message>>,
    /// Whether the server has messages before these.
    pub earlier: bool,
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

impl Timeline {
    /// A room's newest page.
    pub fn of(page: MessagePage) -> Self {
        Self { messages: page.messages.into_iter().map(Arc::new).collect(), earlier: page.earlier }
    }

    /// Takes in the page before the first message.
    pub fn prepend(&mut self, page: MessagePage) {
        self.earlier = page.earlier;
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
    pub fn revise(&mut self, revised: &Revised) -> bool {
        let Some(message) = self.messages.iter_mut().find(|message| message.id == revised.id) else { return false };
        if message.revision.is_none_or(|last| last.seq < revised.revision.seq) {
            let message = Arc::make_mut(message);
            message.text.clone_from(&revised.text);
            message.html.clone_from(&revised.html);
            message.mentions.clone_from(&revised.mentions);
            message.revision = Some(revised.revision);
        }
        true
    }

    /// The place before which the next page of history ends.
    pub fn first_seq(&self) -> Option<Seq> {
        self.messages.first().map(|message| message.seq)
    }
}
