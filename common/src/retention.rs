//! Retention: rooms whose messages are deleted for good after some days.

use crate::{Code, RoomId, commands::command, limits};
use serde::{Deserialize, Serialize};

/// `room:retention` (in `/admin`): deletes a room's messages when they are this many days old; `None` keeps them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetRetention {
    pub room: RoomId,
    pub days: Option<u32>,
}
command!(SetRetention => "room:retention", ());

/// # Errors
/// [`Code::Malformed`] for no day at all, or too many.
pub fn checked_days(days: Option<u32>) -> Result<Option<u32>, Code> {
    match days {
        Some(days) if !(1..=limits::RETENTION_DAYS).contains(&days) => Err(Code::Malformed),
        days => Ok(days),
    }
}
