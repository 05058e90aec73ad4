//! The rows of a conversation: messages, grouped by author, between day separators, with a line
//! where the unread part begins, and quiet lines about the room itself.

use super::{Pending, Timeline};
use common::{MessageId, Millis, PersonId, Refusal, Seq, ServerEvent, files::Attachment, messages::Message};
use std::sync::Arc;

/// Messages of one author that are no further apart than this stand together.
const GROUPED_WITHIN: Millis = 5 * 60 * 1000;

#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A new day begins: days since 1970-01-01 in the reader's time zone.
    Day(i64),
    /// What follows is unread.
    New,
    /// What happened in the room itself between two messages.
    SystemMessages(Vec<Arc<ServerEvent>>),
    Message {
        message: Arc<Message>,
        grouped: bool,
        /// The user's own message, while it is edited.
        editing: bool,
        /// The view leads to it.
        sought: bool,
        /// Its author is blocked.
        hidden: bool,
        /// It is the beginning of the thread that is shown, and says nothing of the replies: they are below it.
        begins: bool,
    },
    Pending {
        id: MessageId,
        text: String,
        attachments: Vec<Attachment>,
        at: Millis,
        grouped: bool,
        refusal: Option<Refusal>,
    },
}

/// The key of a row, so that only changed rows are drawn again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowKey {
    Day(i64),
    New,
    /// The first and the last place in the log.
    SystemMessages(Option<Seq>, Option<Seq>),
    Message {
        id: MessageId,
        revised: Seq,
        grouped: bool,
        editing: bool,
        sought: bool,
        hidden: bool,
    },
    Pending {
        id: MessageId,
        grouped: bool,
        refused: bool,
    },
}

impl Row {
    pub fn key(&self) -> RowKey {
        match self {
            Row::Day(day) => RowKey::Day(*day),
            Row::New => RowKey::New,
            Row::SystemMessages(events) => {
                let seq = |event: Option<&Arc<ServerEvent>>| event.and_then(|event| Some(event.place_in_log()?.1));
                RowKey::SystemMessages(seq(events.first()), seq(events.last()))
            }
            Row::Message { message, grouped, editing, sought, hidden, .. } => RowKey::Message {
                id: message.id,
                revised: message.revision.map_or(0, |revision| revision.seq),
                grouped: *grouped,
                editing: *editing,
                sought: *sought,
                hidden: *hidden,
            },
            Row::Pending { id, grouped, refusal, .. } => {
                RowKey::Pending { id: *id, grouped: *grouped, refused: refusal.is_some() }
            }
        }
    }
}

/// The rows for what is loaded of a conversation and what is on its way to it.
///
/// `editing` is the message that is being changed. `read` is where the line "New" goes, if anybody but `me` has posted after it; `day_of` gives
/// the day, in the reader's time zone, of a time.
pub fn rows<'a>(
    timeline: &Timeline,
    pending: impl Iterator<Item = &'a Pending>,
    me: PersonId,
    editing: Option<MessageId>,
    read: Option<Seq>,
    day_of: impl Fn(Millis) -> i64,
) -> Vec<Row> {
    let mut rows = Vec::with_capacity(timeline.shown().len() + 8);
    let mut group = Group { last: None, day: None };
    let mut new_at = read;
    let mut events = timeline.system_messages.iter().peekable();
    for message in timeline.shown() {
        let mut before = Vec::new();
        while let Some((_, event)) = events.next_if(|(seq, _)| **seq < message.seq) {
            before.push(event.clone());
        }
        group.set_off(&mut rows, before);
        group.begin_day(&mut rows, day_of(message.at));
        if message.author != me && new_at.is_some_and(|read| message.seq > read) {
            new_at = None;
            group.last = None;
            rows.push(Row::New);
        }
        let grouped = group.takes(message.author, message.at);
        let message = message.clone();
        let editing = editing == Some(message.id) && !message.is_deleted();
        let sought = timeline.sought == Some(message.seq);
        rows.push(Row::Message { message, grouped, editing, sought, hidden: false, begins: false });
    }
    // What is on its way comes after the newest message.
    if timeline.has_later() {
        return rows;
    }
    group.set_off(&mut rows, events.map(|(_, event)| event.clone()).collect());
    for Pending { message, attachments, at, refusal } in pending {
        group.begin_day(&mut rows, day_of(*at));
        let grouped = group.takes(me, *at);
        let (id, text, refusal) = (message.id, message.text.clone(), refusal.clone());
        let attachments = attachments.clone();
        rows.push(Row::Pending { id, text, attachments, at: *at, grouped, refusal });
    }
    rows
}

struct Group {
    last: Option<(PersonId, Millis)>,
    day: Option<i64>,
}

impl Group {
    fn begin_day(&mut self, rows: &mut Vec<Row>, day: i64) {
        if self.day.replace(day) != Some(day) {
            self.last = None;
            rows.push(Row::Day(day));
        }
    }

    /// Messages with something between them do not stand together.
    fn set_off(&mut self, rows: &mut Vec<Row>, events: Vec<Arc<ServerEvent>>) {
        if !events.is_empty() {
            self.last = None;
            rows.push(Row::SystemMessages(events));
        }
    }

    fn takes(&mut self, author: PersonId, at: Millis) -> bool {
        let before = self.last.replace((author, at));
        before.is_some_and(|(same, then)| same == author && at - then <= GROUPED_WITHIN)
    }
}
