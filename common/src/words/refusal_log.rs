//! The door log, in sentences.

use super::{InWords, Names, counted};
use crate::refusal_log::{ListRefusals, LoggedRefusal};

impl InWords<Vec<LoggedRefusal>> for ListRefusals {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked who was refused at the door.".into()
    }

    fn answered(&self, refused: &Vec<LoggedRefusal>, _: &dyn Names) -> String {
        format!("sent {}", counted(refused.len(), "entry", "entries"))
    }
}
