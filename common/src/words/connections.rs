//! Connections, in sentences.

use super::Names;
use crate::connections::{ServerStopping, SessionEnded};

impl SessionEnded {
    pub(super) fn in_words(&self, _: &dyn Names) -> String {
        format!("The server ended your session: {}", self.refusal.message)
    }
}

impl ServerStopping {
    pub(super) fn in_words(&self, _: &dyn Names) -> String {
        let seconds = self.return_within.unsigned_abs().div_ceil(1000);
        format!("The server is about to stop. Your browser comes back within {seconds} s.")
    }
}
