//! What is told together: events of one room that follow each other, unless one between them changes
//! who is told.

use common::{RoomId, ServerEvent};
use std::mem;

/// Characters of text with which a batch ends.
const TEXT: usize = 64 * 1024;

#[derive(Debug, PartialEq)]
pub(super) enum Told {
    /// Events that a room's members are told of, in the order of its log.
    InRoom(RoomId, Vec<ServerEvent>),
    /// An event that has an audience of its own, or changes one.
    Else(Box<ServerEvent>),
}

/// Puts events that may be told together into batches. In each room their order stays.
pub(super) fn batches(events: impl Iterator<Item = ServerEvent>) -> Vec<Told> {
    let mut batches = Batches::default();
    events.for_each(|event| batches.take(event));
    batches.close();
    batches.told
}

#[derive(Default)]
struct Batches {
    told: Vec<Told>,
    /// Those that more may be put into: room, events, characters of text.
    open: Vec<(RoomId, Vec<ServerEvent>, usize)>,
}

impl Batches {
    fn take(&mut self, event: ServerEvent) {
        let Some(room) = room_of(&event) else {
            self.close();
            return self.told.push(Told::Else(Box::new(event)));
        };
        let text = text_of(&event);
        let place = self.open.iter().position(|(other, ..)| *other == room).unwrap_or_else(|| {
            self.open.push((room, Vec::new(), 0));
            self.open.len() - 1
        });
        let (_, events, length) = &mut self.open[place];
        if *length > 0 && *length + text > TEXT {
            self.told.push(Told::InRoom(room, mem::take(events)));
            *length = 0;
        }
        events.push(event);
        *length += text;
    }

    fn close(&mut self) {
        self.told.extend(self.open.drain(..).map(|(room, events, _)| Told::InRoom(room, events)));
    }
}

/// The room whose members are told, and nobody else.
fn room_of(event: &ServerEvent) -> Option<RoomId> {
    match event {
        ServerEvent::MemberJoined(_) | ServerEvent::MemberLeft(_) => None,
        _ => event.place_in_log().map(|(room, _)| room),
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
    fn what_follows_in_a_room_is_told_together_until_its_audience_changes() {
        let (general, lab) = (RoomId::new(), RoomId::new());
        let events = [
            posted(general, 3, "a"),
            posted(lab, 8, "b"),
            posted(general, 4, "c"),
            joined(lab, 9),
            posted(lab, 10, "d"),
        ];
        let told = batches(events.iter().cloned());
        let [first, second, third, join, last] = events;
        let expected = [
            Told::InRoom(general, vec![first, third]),
            Told::InRoom(lab, vec![second]),
            Told::Else(Box::new(join)),
            Told::InRoom(lab, vec![last]),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_batch_of_long_messages_ends_early() {
        let (room, long) = (RoomId::new(), "x".repeat(TEXT / 2));
        let told = batches((3..6).map(|seq| posted(room, seq, &long)));
        let lengths = told.iter().map(|told| match told {
            Told::InRoom(_, events) => events.len(),
            Told::Else(_) => 0,
        });
        assert_eq!(lengths.collect::<Vec<_>>(), [2, 1]);
    }
}
