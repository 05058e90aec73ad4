//! Messages on their way: from the outbox to their place in the log.

use super::{ChatState, Conversation};
use common::{
    MessageId, Millis, Refusal,
    files::Attachment,
    messages::{Message, PostMessage, Posted},
};
use serde::{Deserialize, Serialize};

/// A message on its way. The outbox keeps it as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    pub message: PostMessage,
    /// What the files are that it names.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    pub at: Millis,
    /// Why the server would not take it.
    pub refusal: Option<Refusal>,
}

impl Pending {
    /// Where it is to be posted.
    pub fn conversation(&self) -> Conversation {
        Conversation { room: self.message.room, thread: self.message.parent }
    }
}

impl ChatState {
    /// The messages of a conversation that are on their way.
    pub fn pending_in(&self, conversation: Conversation) -> impl Iterator<Item = &Pending> {
        self.pending.iter().filter(move |pending| pending.conversation() == conversation)
    }

    /// What still waits to be sent, in order.
    pub fn unsent(&self) -> Vec<PostMessage> {
        self.pending.iter().filter(|pending| pending.refusal.is_none()).map(|pending| pending.message.clone()).collect()
    }

    /// The threads for which there are replies that the server would not take, one for each.
    pub fn refused_replies(&self) -> Vec<Conversation> {
        let refused = self.pending.iter().filter(|pending| pending.refusal.is_some()).map(Pending::conversation);
        refused.filter(|conversation| conversation.thread.is_some()).collect()
    }

    pub(super) fn pending_at(&mut self, id: MessageId) -> Option<&mut Pending> {
        self.pending.iter_mut().find(|pending| pending.message.id == id)
    }

    /// In the order in which they were written: their ids sort by time.
    pub(super) fn restore(&mut self, kept: Vec<Pending>) {
        for kept in kept {
            let place = self.pending.partition_point(|known| known.message.id < kept.message.id);
            if self.pending.get(place).is_none_or(|known| known.message.id != kept.message.id) {
                self.pending.insert(place, kept);
            }
        }
    }

    /// The server has stored a message of this user. Its event comes too, perhaps later, and then
    /// finds the message there.
    pub(super) fn acknowledge(&mut self, id: MessageId, posted: Posted) {
        let Some(place) = self.pending.iter().position(|pending| pending.message.id == id) else { return };
        let Pending { message: sent, attachments, .. } = self.pending.remove(place);
        let message = Message::posted(id, sent.room, posted.seq, self.me, sent.text, posted.at);
        let Posted { html, mentions, .. } = posted;
        let message = Message { html, mentions, attachments, parent: sent.parent, ..message };
        // What is behind the end of the log as it is known here has its place already, or one in a page of history.
        if let Some(room) = self.rooms.get_mut(&sent.room)
            && message.seq > room.complete
        {
            match (message.parent, &mut room.timeline) {
                (None, Some(timeline)) => timeline.arrive(message, room.is_followed),
                (None, None) => {}
                (Some(parent), _) => room.insert_reply(parent, message),
            }
        }
    }
}
