//! Announcements, in sentences.

use super::{InWords, Names, counted, quoted};
use crate::announcements::{Announce, Announcement, Audience};

impl Announcement {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        format!("{} announced {}.", names.who(self.by), quoted(&self.text))
    }
}

impl InWords<u32> for Announce {
    fn asked(&self, names: &dyn Names) -> String {
        let whom = match &self.to {
            Audience::Everyone => "everyone who is connected".to_owned(),
            Audience::Room(room) => format!("everyone in {}", names.in_room(*room)),
            Audience::Namespace(name) => format!("everyone in {name}"),
        };
        format!("You announced {} to {whom}.", quoted(&self.text))
    }

    fn answered(&self, told: &u32, _: &dyn Names) -> String {
        format!("told {}", counted(*told, "connection", "connections"))
    }
}
