//! Search: messages that have all that a query asks for, of the rooms that one is in.

use crate::{MessageId, Millis, PersonId, RoomId, Seq, commands::command};
use serde::{Deserialize, Serialize};

/// `search:messages`: a page of messages that a query finds, the newest first.
///
/// A query is words, all of which have to be there, and filters: `from:ada`, `in:general`,
/// `before:2026-11-24`, `after:2026-11-01`, `on:2026-11-23`, `has:link`. A phrase is in quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchMessages {
    pub query: String,
    /// How many minutes the reader's clock is ahead of UTC, for the days that filters name.
    #[serde(default)]
    pub utc_offset: i32,
    /// Goes on after the page that had this as its `next`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<i64>,
}
command!(SearchMessages => "search:messages", SearchPage);

/// What a search has found, at most [`crate::limits::SEARCH_HITS`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    pub hits: Vec<Hit>,
    /// There may be more, further back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<i64>,
    /// Filters that name no person and no room, such as `from:nobody`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
}

/// A message that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub id: MessageId,
    pub room: RoomId,
    pub seq: Seq,
    /// The message whose thread it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<MessageId>,
    pub author: PersonId,
    pub at: Millis,
    /// The part of its text that was found, in pieces.
    pub excerpt: Vec<ExcerptPart>,
}

/// A piece of a text, which is what was searched for, or stands before or behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcerptPart {
    pub text: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub found: bool,
}
