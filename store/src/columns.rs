//! Column encodings: enums as words, structures as JSON. An unknown word or invalid JSON is an error, never
//! a default.

use crate::error::Error;
use anyhow::Context;
use common::{
    files::FileKind,
    messages::RevisionKind,
    notifications::Level,
    people::Role,
    permissions::{MemberGroup, RoomRole},
    rooms::RoomKind,
};
use serde::{Serialize, de::DeserializeOwned};

/// An enum that a column stores as a word.
pub trait Column: Sized + Copy {
    fn as_str(self) -> &'static str;

    /// # Errors
    /// Returns an error if the word is unknown.
    fn from_str(word: &str) -> Result<Self, Error>;
}

macro_rules! column {
    ($type:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl Column for $type {
            fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            fn from_str(word: &str) -> Result<Self, Error> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(unknown(stringify!($type), word)),
                }
            }
        }
    };
}

column!(Role { Owner = "owner", Admin = "admin", Member = "member", Guest = "guest" });
column!(RoomRole { Owner = "owner", Member = "member" });
column!(RoomKind { Public = "public", Private = "private", Direct = "direct" });
column!(MemberGroup { Everyone = "everyone", Owners = "owners" });
column!(Level { All = "all", Mentions = "mentions", None = "none" });
column!(FileKind { Image = "image", Audio = "audio", Video = "video", Other = "other" });
column!(RevisionKind { Edited = "edited", Deleted = "deleted" });

fn unknown(kind: &str, word: &str) -> Error {
    Error::Broken(anyhow::anyhow!("the database has the word {word:?} for a {kind}"))
}

/// Reads JSON from a column; NULL gives the default.
///
/// # Errors
/// Returns an error if the JSON does not have this type.
pub fn json<T: DeserializeOwned + Default>(column: Option<&str>) -> Result<T, Error> {
    let Some(json) = column else { return Ok(T::default()) };
    Ok(serde_json::from_str(json).context("cannot read JSON in the database")?)
}

/// Writes JSON for a column; the default gives NULL.
///
/// # Errors
/// Returns an error if the value has no JSON form. All our types have one.
pub fn to_json<T: Serialize + Default + PartialEq>(value: &T) -> Result<Option<String>, Error> {
    let json = (*value != T::default()).then(|| serde_json::to_string(value)).transpose();
    Ok(json.map_err(anyhow::Error::new)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::mentions::Mentions;

    fn comes_back<T: Column + PartialEq + std::fmt::Debug>(values: &[T]) {
        for value in values {
            assert_eq!(T::from_str(value.as_str()).unwrap(), *value);
        }
    }

    #[test]
    fn enums_survive_a_round_trip() {
        comes_back(&[Role::Owner, Role::Admin, Role::Member, Role::Guest]);
        comes_back(&[RoomRole::Owner, RoomRole::Member]);
        comes_back(&[RoomKind::Public, RoomKind::Private, RoomKind::Direct]);
        comes_back(&[MemberGroup::Everyone, MemberGroup::Owners]);
        comes_back(&[Level::All, Level::Mentions, Level::None]);
        comes_back(&[FileKind::Image, FileKind::Audio, FileKind::Video, FileKind::Other]);
    }

    #[test]
    fn unknown_words_and_broken_json_are_errors() {
        for word in ["", "Owner", "superuser", "member "] {
            assert!(Role::from_str(word).is_err() && RoomRole::from_str(word).is_err(), "{word:?}");
            assert!(MemberGroup::from_str(word).is_err() && Level::from_str(word).is_err(), "{word:?}");
        }
        assert_eq!(json::<Mentions>(None).unwrap(), Mentions::default());
        for broken in ["", "{", "7", "[]x"] {
            assert!(json::<Mentions>(Some(broken)).is_err(), "{broken:?}");
        }
    }
}
