//! The names that a text can refer to.

use crate::{db::Db, error::Error, rooms, visibility};
use common::{PersonId, RoomId};
use std::collections::HashMap;

/// Handles and public rooms that the text could mention.
#[derive(Debug, Default)]
pub struct Names {
    people: HashMap<String, (PersonId, String)>,
    /// Lower-case name, name and id; longest names first.
    rooms: Vec<(String, String, RoomId)>,
}

impl Names {
    /// Looks up possible mentions among the people and rooms visible to the author. Skips the query for
    /// text without `@` and `#`.
    ///
    /// # Errors
    /// Returns an error if the database fails.
    pub async fn in_text(db: &Db, author: PersonId, text: &str) -> Result<Self, Error> {
        let mut names = Self::default();
        if text.contains('@') {
            let people = visibility::of(db, author).await?;
            names.people = people.into_iter().map(|known| (known.handle, (known.id, known.name))).collect();
        }
        if text.contains('#') {
            names.add_rooms(rooms::verbs::public_names(db, author).await?.into_iter());
        }
        Ok(names)
    }

    #[cfg(test)]
    pub fn of<'a>(
        people: impl IntoIterator<Item = (PersonId, &'a str, &'a str)>,
        rooms: impl IntoIterator<Item = (RoomId, &'a str)>,
    ) -> Self {
        let people = people.into_iter().map(|(id, handle, name)| (handle.to_owned(), (id, name.to_owned()))).collect();
        let mut names = Self { people, rooms: Vec::new() };
        names.add_rooms(rooms.into_iter().map(|(id, name)| (id, name.to_owned())));
        names
    }

    fn add_rooms(&mut self, rooms: impl Iterator<Item = (RoomId, String)>) {
        self.rooms.extend(rooms.map(|(id, name)| (name.to_lowercase(), name, id)));
        self.rooms.sort_by_key(|(key, ..)| std::cmp::Reverse(key.len()));
    }

    pub fn person(&self, handle: &str) -> Option<(PersonId, &str)> {
        self.people.get(handle).map(|(id, name)| (*id, name.as_str()))
    }

    /// Returns the room whose name starts the text, and the name's length in bytes.
    pub fn room_at(&self, text: &str) -> Option<(RoomId, &str, usize)> {
        self.rooms.iter().find_map(|(key, name, id)| {
            let length = begins_with(text, key)?;
            let goes_on = text[length..].chars().next().is_some_and(char::is_alphanumeric);
            (!goes_on).then_some((*id, name.as_str(), length))
        })
    }
}

/// Returns the length in bytes of a lower-case name at the start of the text.
fn begins_with(text: &str, key: &str) -> Option<usize> {
    let mut wanted = key.chars();
    let mut length = 0;
    for c in text.chars() {
        let lower = c.to_lowercase();
        let mut rest = wanted.clone();
        if !lower.clone().eq(rest.by_ref().take(lower.count())) {
            return None;
        }
        wanted = rest;
        length += c.len_utf8();
        if wanted.as_str().is_empty() {
            return Some(length);
        }
    }
    None
}
