//! Connections: one live socket of one device.

use crate::Refusal;
use serde::{Deserialize, Serialize};

/// The session of this connection is over, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionEnded {
    pub refusal: Refusal,
}
