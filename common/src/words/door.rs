//! The door log, in sentences.

use super::{InWords, Names, counted};
use crate::door::{ListDoor, Refused};

impl InWords<Vec<Refused>> for ListDoor {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked who was refused at the door.".into()
    }

    fn answered(&self, refused: &Vec<Refused>, _: &dyn Names) -> String {
        format!("sent {}", counted(refused.len(), "entry", "entries"))
    }
}
