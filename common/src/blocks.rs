//! Blocks: whom a person does not want to hear of. The others are not told.

use crate::{PersonId, commands::command};
use serde::{Deserialize, Serialize};

/// `person:block`: hide what someone writes and keep them from starting a conversation with you, or
/// not any more. Saying it again changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockPerson {
    pub person: PersonId,
    pub blocked: bool,
}
command!(BlockPerson => "person:block", ());

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonBlocked {
    pub person: PersonId,
    pub blocked: bool,
}
