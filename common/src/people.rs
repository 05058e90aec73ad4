//! People: who has an account here.

use crate::{PersonId, commands::command};
use serde::{Deserialize, Serialize};

/// What everyone in the workspace may know of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    /// Unique, lower case; what one signs in with and is mentioned by.
    pub handle: String,
    pub name: String,
    /// The avatar's colour, 0 to [`crate::limits::HUES`] minus one.
    pub hue: u8,
    pub role: Role,
}

impl Person {
    /// One or two letters for the avatar, in the name's own case: "Ada Lovelace" gives "AL".
    pub fn initials(&self) -> String {
        let mut words = self.name.split_whitespace();
        let first = words.next().and_then(|word| word.chars().next());
        let last = words.next_back().and_then(|word| word.chars().next());
        first.into_iter().chain(last).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Member,
}

/// `profile:update`: change one's own name and colour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateProfile {
    pub name: String,
    pub hue: u8,
}
command!(UpdateProfile => "profile:update", Person);

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Person {
        Person { id: PersonId::new(), handle: "ada".into(), name: name.into(), hue: 0, role: Role::Member }
    }

    #[test]
    fn initials_are_the_first_letters_of_the_first_and_the_last_word() {
        assert_eq!(named("Ada").initials(), "A");
        assert_eq!(named("ada king Lovelace").initials(), "aL");
        assert_eq!(named("Émile Zola").initials(), "ÉZ");
    }
}
