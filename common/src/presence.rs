//! Presence: who is connected now. Not durable.

use crate::PersonId;
use serde::{Deserialize, Serialize};

/// How many connections a person has now; online means at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    pub person: PersonId,
    pub connections: u32,
}

/// Devices have connected or gone since this was last said: what is true now of the people they
/// belong to. In a rush of arrivals, after a restart for example, it is said of many at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceChanged {
    pub people: Vec<Presence>,
}
