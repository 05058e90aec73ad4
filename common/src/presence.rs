//! Presence: who is connected now. Not durable.

use crate::PersonId;
use serde::{Deserialize, Serialize};

/// How many connections a person has now; online means at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    pub person: PersonId,
    pub connections: u32,
}
