//! Blocks: whom a person does not want to hear of. The others are not told.

use crate::{
    PersonId,
    commands::command,
    hood::{InWords, Names},
};
use serde::{Deserialize, Serialize};

/// `person:block`: hide what somebody writes and keep them from starting a conversation with one, or
/// not any more. Saying it again changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockPerson {
    pub person: PersonId,
    pub blocked: bool,
}
command!(BlockPerson => "person:block", ());

impl InWords<()> for BlockPerson {
    fn asked(&self, names: &dyn Names) -> String {
        let whom = names.whom(self.person);
        if self.blocked {
            format!("You asked not to hear from {whom} any more.")
        } else {
            format!("You asked to hear from {whom} again.")
        }
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted that for all of your devices".into()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonBlocked {
    pub person: PersonId,
    pub blocked: bool,
}

impl PersonBlocked {
    pub(crate) fn in_words(&self, names: &dyn Names) -> String {
        let whom = names.whom(self.person);
        if self.blocked {
            format!("You do not hear from {whom} any more.")
        } else {
            format!("You hear from {whom} again.")
        }
    }
}
