//! People and profiles, in sentences.

use super::{InWords, Names, quoted};
use crate::people::{Person, SetReading, SetStatus, SetZone, Status, UpdateProfile};

impl Status {
    pub(super) fn in_words(&self) -> String {
        let words = [self.emoji.as_str(), self.text.as_str()];
        quoted(&words.join(" "))
    }
}

impl Person {
    pub(super) fn changed_in_words(&self, names: &dyn Names) -> String {
        let who = if self.id == names.me() { "You".into() } else { self.name.clone() };
        format!("{who} signed up, or changed what others see of them.")
    }
}

impl InWords<Person> for UpdateProfile {
    fn asked(&self, _: &dyn Names) -> String {
        format!("You asked to be called {}.", quoted(&self.name))
    }

    fn answered(&self, person: &Person, _: &dyn Names) -> String {
        format!("gave you the name {}", quoted(&person.name))
    }
}

impl InWords<Person> for SetStatus {
    fn asked(&self, _: &dyn Names) -> String {
        match &self.status {
            Some(status) => format!("You asked to show the status {}.", status.in_words()),
            None => "You asked to show no status any more.".into(),
        }
    }

    fn answered(&self, _: &Person, _: &dyn Names) -> String {
        "told everybody".into()
    }
}

impl InWords<Person> for SetZone {
    fn asked(&self, _: &dyn Names) -> String {
        format!("Your browser said that it is in the time zone {}.", self.zone)
    }

    fn answered(&self, _: &Person, _: &dyn Names) -> String {
        "noted it".into()
    }
}

impl InWords<Person> for SetReading {
    fn asked(&self, _: &dyn Names) -> String {
        let whether = if self.hidden { "not to show" } else { "to show" };
        format!("You asked {whether} others how far you have read.")
    }

    fn answered(&self, _: &Person, _: &dyn Names) -> String {
        "noted that for all of your devices".into()
    }
}
