//! Presence: who is connected now. Not durable.

use crate::{PersonId, commands::command};
use serde::{Deserialize, Serialize};

/// How many connections a person has now; online means at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    pub person: PersonId,
    pub connections: u32,
    /// On none of them has anything been touched for a while.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub away: bool,
}

/// `presence:set`: no one is at this connection any more, or someone is again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAway {
    pub away: bool,
}
command!(SetAway => "presence:set", ());

/// Devices have connected or gone since this was last said: what is true now of the people they
/// belong to. In a rush of arrivals, after a restart for example, it is said of many at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceChanged {
    pub people: Vec<Presence>,
}
