//! Batches events of one room that follow each other, unless one between them changes the audience.
//!
//! A client announces at admission that it accepts batches. Publishing to a room of a thousand members visits a
//! thousand queues: once per batch, not once per event.

use super::audiences::EventAudience;
use common::{RoomId, ServerEvent};
use std::mem;

/// Maximum number of characters in a batch.
const TEXT: usize = 64 * 1024;

#[derive(Debug, PartialEq)]
pub(super) enum Batch {
    /// Events for a room's members, in the order of its log.
    Members(RoomId, Vec<ServerEvent>),
    /// An event that has its own audience, or changes an audience.
    Single(EventAudience, Box<ServerEvent>),
}

/// Groups events into batches. The order within each room stays.
pub(super) fn batches(events: impl Iterator<Item = ServerEvent>) -> Vec<Batch> {
    let mut batches = Batches::default();
    events.for_each(|event| batches.take(event));
    batches.close();
    batches.batches
}

#[derive(Default)]
struct Batches {
    batches: Vec<Batch>,
    /// The open batches: room, events, characters of text.
    open: Vec<(RoomId, Vec<ServerEvent>, usize)>,
}

impl Batches {
    fn take(&mut self, event: ServerEvent) {
        let audience = EventAudience::of(&event);
        let EventAudience::Members(room) = audience else {
            self.close();
            return self.batches.push(Batch::Single(audience, Box::new(event)));
        };
        let text = text_of(&event);
        let place = self.open.iter().position(|(other, ..)| *other == room).unwrap_or_else(|| {
            self.open.push((room, Vec::new(), 0));
            self.open.len() - 1
        });
        let (_, events, length) = &mut self.open[place];
        if *length > 0 && *length + text > TEXT {
            self.batches.push(Batch::Members(room, mem::take(events)));
            *length = 0;
        }
        events.push(event);
        *length += text;
    }

    fn close(&mut self) {
        self.batches.extend(self.open.drain(..).map(|(room, events, _)| Batch::Members(room, events)));
    }
}

fn text_of(event: &ServerEvent) -> usize {
    match event {
        ServerEvent::MessagePosted(message) => message.text.len() + message.html.as_ref().map_or(0, String::len),
        ServerEvent::MessageEdited(edited) => edited.text.len() + edited.html.as_ref().map_or(0, String::len),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::{MessageId, PersonId, Seq, messages::Message, permissions::RoomRole, rooms::MemberJoined};

    fn posted(room: RoomId, seq: Seq, text: &str) -> ServerEvent {
        let author = PersonId(uuid::Uuid::nil());
        ServerEvent::MessagePosted(Message::posted(MessageId(room.0), room, seq, author, text.into(), 0))
    }

    fn joined(room: RoomId, seq: Seq) -> ServerEvent {
        let person = PersonId(uuid::Uuid::nil());
        ServerEvent::MemberJoined(MemberJoined { room, seq, person, by: None, role: RoomRole::Member, at: 0 })
    }

    #[test]
    fn events_of_a_room_are_batched_until_its_audience_changes() {
        let (general, lab) = (RoomId::new(), RoomId::new());
        let events = [
            posted(general, 3, "a"),
            posted(lab, 8, "b"),
            posted(general, 4, "c"),
            joined(lab, 9),
            posted(lab, 10, "d"),
        ];
        let batched = batches(events.iter().cloned());
        let [first, second, third, join, last] = events;
        let expected = [
            Batch::Members(general, vec![first, third]),
            Batch::Members(lab, vec![second]),
            Batch::Single(EventAudience::of(&join), Box::new(join.clone())),
            Batch::Members(lab, vec![last]),
        ];
        assert_eq!(batched, expected);
    }

    #[test]
    fn a_batch_of_long_messages_ends_early() {
        let (room, long) = (RoomId::new(), "x".repeat(TEXT / 2));
        let batched = batches((3..6).map(|seq| posted(room, seq, &long)));
        let lengths = batched.iter().map(|batch| match batch {
            Batch::Members(_, events) => events.len(),
            Batch::Single(..) => 0,
        });
        assert_eq!(lengths.collect::<Vec<_>>(), [2, 1]);
    }
}
