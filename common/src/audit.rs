//! The audit log: every administrative act. It cannot be changed.

use crate::{Millis, commands::command, roster::PersonTag};
use serde::{Deserialize, Serialize};

/// One act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Counts up from 1 without gaps.
    pub number: i64,
    pub at: Millis,
    pub by: PersonTag,
    /// What was done, such as `person:role`.
    pub act: String,
    /// To whom or what, in words that stay true when names change.
    pub subject: String,
    /// What exactly, in words.
    pub details: String,
}

/// `audit:list` (in `/admin`): the acts before a number, newest first, that have the words in them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListAudit {
    #[serde(default)]
    pub before: Option<i64>,
    #[serde(default)]
    pub query: String,
}
command!(ListAudit => "audit:list", Vec<AuditEntry>);
