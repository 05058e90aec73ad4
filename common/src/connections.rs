//! Connections: one live socket of one device.

use crate::{ConnectionId, PersonId, Refusal};
use serde::{Deserialize, Serialize};

/// A device has connected; `connections` is how many that person has now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionOpened {
    pub connection: ConnectionId,
    pub person: PersonId,
    pub connections: u32,
}

/// A device has gone; `connections` is how many that person has left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionClosed {
    pub connection: ConnectionId,
    pub person: PersonId,
    pub connections: u32,
}

/// The session of this connection is over, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionEnded {
    pub refusal: Refusal,
}
