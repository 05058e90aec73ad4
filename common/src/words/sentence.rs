//! The parts that sentences are made of.

use crate::{MessageId, PersonId, RoomId, notifications};

/// What a command means.
pub trait InWords<Reply> {
    /// What was asked: "You asked to join #general."
    fn asked(&self, names: &dyn Names) -> String;
    /// What the server did about it, as it goes on after "The server": "stored it as #1204".
    fn answered(&self, reply: &Reply, names: &dyn Names) -> String;
}

/// What things are called, as far as a client knows.
pub trait Names {
    fn me(&self) -> PersonId;
    fn person(&self, id: PersonId) -> Option<String>;
    /// As it stands in a sentence, such as "#general".
    fn room(&self, id: RoomId) -> Option<String>;
    /// What a message says.
    fn message(&self, room: RoomId, id: MessageId) -> Option<String>;
}

impl dyn Names + '_ {
    /// At the beginning of a sentence.
    pub fn who(&self, person: PersonId) -> String {
        if person == self.me() { "You".into() } else { self.person(person).unwrap_or("Someone".into()) }
    }

    /// The same, with the verb.
    pub fn who_is(&self, person: PersonId) -> String {
        let is = if person == self.me() { "are" } else { "is" };
        format!("{} {is}", self.who(person))
    }

    pub fn whom(&self, person: PersonId) -> String {
        if person == self.me() { "you".into() } else { self.person(person).unwrap_or("someone".into()) }
    }

    /// Several of them, such as "Ada, Grace and 3 others".
    pub fn whom_all(&self, people: &[PersonId]) -> String {
        let named: Vec<_> = people.iter().take(2).map(|person| self.whom(*person)).collect();
        match (named.as_slice(), people.len() - named.len()) {
            ([], _) => "no one".into(),
            ([one], _) => one.clone(),
            ([one, other, ..], 0) => format!("{one} and {other}"),
            ([one, other, ..], more) => format!("{one}, {other} and {}", counted(more, "other", "others")),
        }
    }

    pub fn in_room(&self, room: RoomId) -> String {
        self.room(room).unwrap_or("a room".into())
    }

    /// A message of a room, by what it says.
    pub fn said(&self, room: RoomId, message: MessageId) -> String {
        self.message(room, message).map_or("a message".into(), |text| quoted(&text))
    }
}

/// The beginning of a text, in quotation marks.
pub fn quoted(text: &str) -> String {
    format!("“{}”", notifications::excerpt(text))
}

/// A number of things: "1 message", "3 messages".
pub fn counted(count: impl TryInto<u64>, one: &str, many: &str) -> String {
    match count.try_into().unwrap_or(0) {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    }
}
