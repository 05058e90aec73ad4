//! Mentions: whom a message names with `@handle`, or with `@room`.

use crate::PersonId;
use serde::{Deserialize, Serialize};

/// Whom a message mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentions {
    /// `@room`: everybody who is in the room.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub everyone: bool,
    /// Each once, the first [`crate::limits::MENTIONED_PEOPLE`] of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
}

impl Mentions {
    pub fn is_empty(&self) -> bool {
        !self.everyone && self.people.is_empty()
    }

    /// Whether this person is meant.
    pub fn include(&self, person: PersonId) -> bool {
        self.everyone || self.people.contains(&person)
    }
}
