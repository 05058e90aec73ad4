//! A row: frames that belong together, and what they say in a sentence.

use super::{frame::Frame, topic::Topic};
use common::Millis;

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: u64,
    pub at: Millis,
    pub topic: Topic,
    pub is_error: bool,
    /// In the order in which they went over the wire; none for what befell the connection itself.
    pub frames: Vec<Frame>,
    /// The names of the command or the events.
    pub names: String,
    /// What was said first.
    pub(super) said: String,
    /// What the server did about it, and within which time.
    pub(super) done: Option<(String, String)>,
    /// Whom else it has told.
    pub(super) told: Option<Told>,
    /// What became of it in the end, as a sentence of its own.
    pub(super) end: &'static str,
}

/// Whom the server has told of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Everyone in the room who is connected.
    Room,
    /// A number of other people.
    Others(usize),
}

impl Row {
    pub(super) fn new(id: u64, at: Millis, topic: Topic, said: String) -> Self {
        Self {
            id,
            at,
            topic,
            is_error: false,
            frames: Vec::new(),
            names: String::new(),
            said,
            done: None,
            told: None,
            end: "",
        }
    }

    /// "You said “hello” in #general. Within 3 ms the server stored it as #1204 and told 6 other people."
    pub fn sentence(&self) -> String {
        let (told, alone) = match self.told {
            None => (None, ""),
            Some(Told::Room) => (Some("told everyone who is there".to_owned()), ""),
            Some(Told::Others(0)) => (None, " No one else in the room is online."),
            Some(Told::Others(1)) => (Some("told 1 other person".to_owned()), ""),
            Some(Told::Others(many)) => (Some(format!("told {many} other people")), ""),
        };
        let server = match (&self.done, told) {
            (None, None) => String::new(),
            (None, Some(told)) => format!(" The server {told}."),
            // A refusal ends with a sentence of its own.
            (Some((took, done)), None) if done.ends_with(['.', '?', '!']) => {
                format!(" Within {took} the server {done}")
            }
            (Some((took, done)), None) => format!(" Within {took} the server {done}."),
            (Some((took, done)), Some(told)) => format!(" Within {took} the server {done} and {told}."),
        };
        format!("{}{server}{alone}{}", self.said, self.end)
    }

    /// Bytes of all its frames.
    pub fn size(&self) -> usize {
        self.frames.iter().map(|frame| frame.size).sum()
    }

    /// Bytes that are kept of them.
    pub(super) fn weight(&self) -> usize {
        self.frames.iter().map(|frame| frame.text.len()).sum()
    }

    pub(super) fn words_to_find(&self) -> String {
        format!("{} {}", self.sentence(), self.names)
    }
}

/// A time in milliseconds, as it goes on after "within".
pub fn in_words(milliseconds: f64) -> String {
    // Times below a millisecond are shown as 1 ms; negative times do not occur.
    match milliseconds.ceil().max(1.0) as u64 {
        short @ ..1_000 => format!("{short} ms"),
        long => format!("{}.{} s", long / 1_000, long / 100 % 10),
    }
}
