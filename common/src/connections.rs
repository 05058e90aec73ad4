//! Connections: one live socket of one device.

use crate::{Millis, Refusal};
use serde::{Deserialize, Serialize};

/// The session of this connection is over, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionEnded {
    pub refusal: Refusal,
}

/// The server is about to stop, perhaps to start again at once. Its clients come back, each at a
/// moment of its own within this time, so that not all are at the door together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerStopping {
    pub return_within: Millis,
}
