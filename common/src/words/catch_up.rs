//! Catching up, in sentences.

use super::{InWords, Names, counted};
use crate::catch_up::{CatchUp, MissedEvents};

impl InWords<MissedEvents> for CatchUp {
    fn asked(&self, names: &dyn Names) -> String {
        let room = names.in_room(self.room);
        format!("Your browser asked what has happened in {room} after #{}.", self.after)
    }

    fn answered(&self, missed: &MissedEvents, _: &dyn Names) -> String {
        match missed {
            MissedEvents::Events { events, .. } => format!("sent {}", counted(events.len(), "event", "events")),
            MissedEvents::TooMany { .. } => "said that it is too much to send".into(),
        }
    }
}
