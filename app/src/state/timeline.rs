//! The part of a room's messages that this client has: a run without holes, up to the newest.

use common::{
    Seq,
    messages::{Message, MessagePage},
};
use std::sync::Arc;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// In the order of their `seq`, each once.
    pub messages: Vec<Arc<Message>>,
    /// Whether the server has messages before these.
    pub earlier: bool,
}

impl Timeline {
    /// Takes in the room's newest page. What was here stays if the two touch; otherwise there
    /// would be a hole, so only the page remains. `complete` is how far this client had seen the log.
    pub fn refresh(&mut self, page: MessagePage, complete: Seq) {
        let touches = !page.earlier || page.messages.first().is_none_or(|first| first.seq <= complete + 1);
        if !touches || self.messages.is_empty() {
            self.messages.clear();
            self.earlier = page.earlier;
        }
        for message in page.messages {
            self.insert(message);
        }
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

    /// The place before which the next page of history ends.
    pub fn first_seq(&self) -> Option<Seq> {
        self.messages.first().map(|message| message.seq)
    }
}
