//! People: who has an account here.

use crate::{Code, Millis, PersonId, commands::command, limits};
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
    /// What they are up to, if they say so and it has not ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Their time zone, by its name in the IANA's database; empty when it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zone: String,
    /// They neither show how far they have read nor see it of others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hides_reading: bool,
}

/// What someone is up to: an emoji, some words, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub emoji: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// When it ends by itself, by the server's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
}

impl Person {
    /// A person as they are when they come, of whom no more is known.
    pub fn new(id: PersonId, handle: String, name: String, hue: u8, role: Role) -> Self {
        Self { id, handle, name, hue, role, status: None, zone: String::new(), hides_reading: false }
    }

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
    /// The person who set the workspace up, and people whom an owner has made owners.
    Owner,
    /// Sees the console, and moderates.
    Admin,
    Member,
    /// Sees only the rooms that they were invited to.
    Guest,
}

impl Role {
    /// Whether the console is open to them.
    pub fn is_admin(self) -> bool {
        matches!(self, Role::Owner | Role::Admin)
    }

    /// Whether someone with this role may act on someone with the other one. No one acts on their equals
    /// but owners.
    pub fn is_over(self, other: Role) -> bool {
        match self {
            Role::Owner => true,
            Role::Admin => !other.is_admin(),
            Role::Member | Role::Guest => false,
        }
    }
}

/// `profile:update`: change your own name and colour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateProfile {
    pub name: String,
    pub hue: u8,
}
command!(UpdateProfile => "profile:update", Person);

/// `profile:status`: say what one is up to, or nothing any more. Saying it again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetStatus {
    pub status: Option<Status>,
}
command!(SetStatus => "profile:status", Person);

/// `profile:zone`: say in which time zone one is. Saying it again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetZone {
    pub zone: String,
}
command!(SetZone => "profile:zone", Person);

/// `profile:reading`: whether one hides how far one has read. Saying it again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetReading {
    pub hidden: bool,
}
command!(SetReading => "profile:reading", Person);

/// The words of a status on one line.
///
/// # Errors
/// [`Code::BadStatus`]
pub fn checked_status_text(text: &str) -> Result<String, Code> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = text.chars().count() <= limits::STATUS_CHARS && !text.chars().any(char::is_control);
    if fits { Ok(text) } else { Err(Code::BadStatus) }
}

/// A time zone's name, in the characters that such names have.
///
/// # Errors
/// [`Code::Malformed`]
pub fn checked_zone(zone: &str) -> Result<&str, Code> {
    let fits = zone.len() <= 64 && zone.chars().all(|c| c.is_ascii_alphanumeric() || "/_+-".contains(c));
    if fits { Ok(zone) } else { Err(Code::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Person {
        Person::new(PersonId::new(), "ada".into(), name.into(), 0, Role::Member)
    }

    #[test]
    fn initials_are_the_first_letters_of_the_first_and_the_last_word() {
        assert_eq!(named("Ada").initials(), "A");
        assert_eq!(named("ada king Lovelace").initials(), "aL");
        assert_eq!(named("Émile Zola").initials(), "ÉZ");
    }
}
