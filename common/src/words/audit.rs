//! The audit log, in sentences.

use super::{InWords, Names, counted};
use crate::audit::{AuditEntry, ListAudit};

impl InWords<Vec<AuditEntry>> for ListAudit {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked what was done here by those who run it.".into()
    }

    fn answered(&self, acts: &Vec<AuditEntry>, _: &dyn Names) -> String {
        format!("sent {}", counted(acts.len(), "act", "acts"))
    }
}
