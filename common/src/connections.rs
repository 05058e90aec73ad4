//! Connections: one live socket of one device.

use crate::{Millis, Refusal, hood::Names};
use serde::{Deserialize, Serialize};

/// The session of this connection is over, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionEnded {
    pub refusal: Refusal,
}

impl SessionEnded {
    pub(crate) fn in_words(&self, _: &dyn Names) -> String {
        format!("The server ended your session: {}", self.refusal.message)
    }
}

/// The server is about to stop, perhaps to start again at once. Its clients come back, each at a
/// moment of its own within this time, so that not all are at the door together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerStopping {
    pub return_within: Millis,
}

impl ServerStopping {
    pub(crate) fn in_words(&self, _: &dyn Names) -> String {
        let seconds = self.return_within.unsigned_abs().div_ceil(1000);
        format!("The server is about to stop. Your browser comes back within {seconds} s.")
    }
}
