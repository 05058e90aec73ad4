//! What is unread in a room's conversation, counted here as the server counts it. What is unread in
//! threads, the server says.
//!
//! The server says how much is unread when it says how far one has read, and up to which event it has
//! counted. What happens after that event is counted here; and since it may have been heard of before
//! the server's word, the last of it are kept, to be counted once more on top of that word.

use super::Room;
use common::{
    PersonId, Seq, limits,
    messages::{Message, MessageDeleted, MessageEdited},
    reading::ReadMoved,
    rooms::RoomSummary,
};

/// How many of the last steps are kept.
const STEPS_KEPT: usize = 256;

/// An event about another person's message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Its place in the log, and the message's.
    event: Seq,
    message: Seq,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    Posted { mentions_me: bool },
    Edited { mentions_me: bool },
    Deleted,
}

/// Whose messages count as unread: those of others whom the user has not blocked.
#[derive(Clone, Copy)]
pub(super) struct Counting<'a> {
    pub me: PersonId,
    pub blocked: &'a [PersonId],
}

impl Counting<'_> {
    fn counts(self, author: PersonId) -> bool {
        author != self.me && !self.blocked.contains(&author)
    }
}

impl Room {
    pub(super) fn count_posted(&mut self, message: &Message, counting: Counting<'_>) {
        // Also one that is told late and is deleted by now: that is told, too, and counted then.
        let what = What::Posted { mentions_me: message.mentions.include(counting.me) };
        if counting.counts(message.author) {
            self.count(Step { event: message.seq, message: message.seq, what });
        }
    }

    pub(super) fn count_edited(&mut self, edited: &MessageEdited, counting: Counting<'_>) {
        let what = What::Edited { mentions_me: edited.mentions.include(counting.me) };
        if counting.counts(edited.author) && edited.parent.is_none() {
            self.count(Step { event: edited.seq, message: edited.message_seq, what });
        }
    }

    pub(super) fn count_deleted(&mut self, deleted: &MessageDeleted, counting: Counting<'_>) {
        if counting.counts(deleted.author) && deleted.parent.is_none() {
            self.count(Step { event: deleted.seq, message: deleted.message_seq, what: What::Deleted });
        }
    }

    fn count(&mut self, step: Step) {
        if step.event <= self.counted {
            return;
        }
        if self.steps.len() == STEPS_KEPT {
            self.steps.remove(0);
        }
        self.steps.push(step);
        step.count_in(&mut self.summary);
    }

    /// Everything up to the user's own message is read.
    pub(super) fn read_by_posting(&mut self, seq: Seq) {
        let summary = &mut self.summary;
        if seq > self.counted && seq > summary.read {
            summary.read = seq;
            summary.unread = 0;
            summary.mentions.clear();
        }
    }

    /// The position was moved. The later of two moves wins, in whatever order they arrive.
    pub(super) fn read(&mut self, moved: &ReadMoved) {
        let (now, here) = ((moved.rewinds, moved.seq), self.summary.position());
        if now < here || (now == here && moved.last < self.counted) {
            return;
        }
        (self.summary.rewinds, self.summary.read) = now;
        (self.summary.unread, self.summary.mentions) = (moved.unread, moved.mentions.clone());
        self.counted_up_to(moved.last);
        for step in &self.steps {
            step.count_in(&mut self.summary);
        }
    }

    /// The server has counted up to a place.
    pub(super) fn counted_up_to(&mut self, seq: Seq) {
        self.counted = self.counted.max(seq);
        self.steps.retain(|step| step.event > seq);
    }

    /// Recounts the unread messages of a page that reaches the end.
    pub(super) fn count_page(&mut self, messages: &[Message], counting: Counting<'_>) {
        (self.summary.unread, self.summary.mentions) = (0, Vec::new());
        for message in messages.iter().filter(|message| counting.counts(message.author) && !message.is_deleted()) {
            let what = What::Posted { mentions_me: message.mentions.include(counting.me) };
            Step { event: message.seq, message: message.seq, what }.count_in(&mut self.summary);
        }
    }
}

impl Step {
    fn count_in(self, summary: &mut RoomSummary) {
        if self.message <= summary.read {
            return;
        }
        match self.what {
            What::Posted { mentions_me } => {
                summary.unread = (summary.unread + 1).min(limits::UNREAD_COUNTED);
                self.note_mention(summary, mentions_me);
            }
            What::Edited { mentions_me } => self.note_mention(summary, mentions_me),
            What::Deleted => {
                // At the limit, which is further than what is shown, there may be more than are counted.
                if summary.unread < limits::UNREAD_COUNTED {
                    summary.unread = summary.unread.saturating_sub(1);
                }
                self.note_mention(summary, false);
            }
        }
    }

    fn note_mention(self, summary: &mut RoomSummary, is_one: bool) {
        let mentions = &mut summary.mentions;
        match (mentions.binary_search(&self.message), is_one) {
            (Ok(place), false) => drop(mentions.remove(place)),
            (Err(place), true) if mentions.len() < limits::UNREAD_COUNTED as usize => {
                mentions.insert(place, self.message);
            }
            (Ok(_), true) | (Err(_), _) => {}
        }
    }
}
