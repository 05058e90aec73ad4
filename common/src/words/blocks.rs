//! Blocks, in sentences.

use super::{InWords, Names};
use crate::blocks::{BlockPerson, PersonBlocked};

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

impl PersonBlocked {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        let whom = names.whom(self.person);
        if self.blocked {
            format!("You do not hear from {whom} any more.")
        } else {
            format!("You hear from {whom} again.")
        }
    }
}
