//! Presence, in sentences.

use super::{InWords, Names, counted};
use crate::presence::{Presence, PresenceChanged, SetAway};

impl InWords<()> for SetAway {
    fn asked(&self, _: &dyn Names) -> String {
        if self.away {
            "Your browser said that it was not touched for a while.".into()
        } else {
            "Your browser said that you are back.".into()
        }
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted it".into()
    }
}

impl PresenceChanged {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        match self.people.as_slice() {
            [one] => format!("{} {}.", names.who_is(one.person), one.in_words()),
            many => format!("{} came, went or were away.", counted(many.len(), "person", "people")),
        }
    }
}

impl Presence {
    pub(super) fn in_words(&self) -> String {
        match (self.connections, self.away) {
            (0, _) => "offline now".into(),
            (_, true) => "away".into(),
            (1, false) => "online".into(),
            (many, false) => format!("online with {many} connections"),
        }
    }
}
