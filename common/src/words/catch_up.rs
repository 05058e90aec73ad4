//! Catching up, in sentences.

use super::{InWords, Names, counted};
use crate::catch_up::{CatchUp, Missed};

impl InWords<Missed> for CatchUp {
    fn asked(&self, names: &dyn Names) -> String {
        let room = names.in_room(self.room);
        format!("Your browser asked what has happened in {room} after #{}.", self.after)
    }

    fn answered(&self, missed: &Missed, _: &dyn Names) -> String {
        match missed {
            Missed::Events { events, .. } => format!("sent {}", counted(events.len(), "event", "events")),
            Missed::TooMany { .. } => "said that it is too much to send".into(),
        }
    }
}
