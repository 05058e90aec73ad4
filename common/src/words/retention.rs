//! Retention, in sentences.

use super::{InWords, Names};
use crate::retention::SetRetention;

impl InWords<()> for SetRetention {
    fn asked(&self, names: &dyn Names) -> String {
        match self.days {
            Some(days) => format!("You asked to keep the messages of {} for {days} days.", names.in_room(self.room)),
            None => format!("You asked to keep the messages of {} without end.", names.in_room(self.room)),
        }
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "does so from now on".into()
    }
}
