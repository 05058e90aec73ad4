//! Presence: who is connected now. Not durable.

use crate::{
    PersonId,
    commands::command,
    hood::{self, InWords, Names},
};
use serde::{Deserialize, Serialize};

/// How many connections a person has now; online means at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    pub person: PersonId,
    pub connections: u32,
    /// On none of them has anything been touched for a while.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub away: bool,
}

/// `presence:set`: nobody is at this connection any more, or somebody is again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAway {
    pub away: bool,
}
command!(SetAway => "presence:set", ());

impl InWords<()> for SetAway {
    fn asked(&self, _: &dyn Names) -> String {
        if self.away {
            "Your browser said that nobody has touched it for a while.".into()
        } else {
            "Your browser said that you are back.".into()
        }
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted it".into()
    }
}

/// Devices have connected or gone since this was last said: what is true now of the people they
/// belong to. In a rush of arrivals, after a restart for example, it is said of many at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceChanged {
    pub people: Vec<Presence>,
}

impl PresenceChanged {
    pub(crate) fn in_words(&self, names: &dyn Names) -> String {
        match self.people.as_slice() {
            [one] => format!("{} {}.", names.who_is(one.person), one.in_words()),
            many => format!("{} came, went or were away.", hood::counted(many.len(), "person", "people")),
        }
    }
}

impl Presence {
    fn in_words(&self) -> String {
        match (self.connections, self.away) {
            (0, _) => "offline now".into(),
            (_, true) => "away".into(),
            (1, false) => "online".into(),
            (many, false) => format!("online with {many} connections"),
        }
    }
}
