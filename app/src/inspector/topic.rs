//! The topic of a row, and the filter by topics.

use super::row::Row;
use crate::platform;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    Messages,
    Heartbeat,
    /// Who is here, who types, who has read or received what.
    Presence,
    Connection,
    Else,
}

impl Topic {
    /// That of a command or an event, by its feature.
    pub fn of(name: &str) -> Self {
        match name.split_once(':').map_or(name, |(feature, _)| feature) {
            "message" | "thread" | "reaction" | "pin" | "preview" | "previews" | "saved" => Topic::Messages,
            "presence" | "typing" | "readers" | "read" | "reach" | "push" => Topic::Presence,
            "session" | "server" => Topic::Connection,
            _ => Topic::Else,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Topic::Messages => "messages",
            Topic::Heartbeat => "heartbeat",
            Topic::Presence => "presence",
            Topic::Connection => "connection",
            Topic::Else => "else",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    All,
    Topic(Topic),
    Errors,
}

impl Filter {
    pub const ALL: [(Self, &'static str); 5] = [
        (Filter::All, "All"),
        (Filter::Topic(Topic::Messages), "Messages"),
        (Filter::Topic(Topic::Heartbeat), "Heartbeat"),
        (Filter::Topic(Topic::Presence), "Presence"),
        (Filter::Errors, "Errors"),
    ];

    /// `words` are in lower case, and may be none.
    pub fn lets_through(self, row: &Row, words: &str) -> bool {
        let is_wanted = match self {
            Filter::All => true,
            Filter::Topic(topic) => row.topic == topic,
            Filter::Errors => row.is_error,
        };
        is_wanted && (words.is_empty() || platform::lowercase(&row.words_to_find()).contains(words))
    }
}
