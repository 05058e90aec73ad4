//! Rows of people.

use crate::{clock, columns::Column, error::Error};
use common::{
    Millis, PersonId, limits,
    people::{Person, Role, Status},
};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub(crate) struct PersonRow {
    id: Uuid,
    handle: String,
    name: String,
    hue: i64,
    role: String,
    status_emoji: String,
    status_text: String,
    status_until: Option<Millis>,
    zone: String,
    hides_reading: bool,
}

/// The columns of a [`PersonRow`].
macro_rules! person_columns {
    () => {
        "id, handle, name, hue, role, status_emoji, status_text, status_until, zone, hides_reading"
    };
}

pub(crate) use person_columns;

impl TryFrom<PersonRow> for Person {
    type Error = Error;

    fn try_from(row: PersonRow) -> Result<Self, Error> {
        let status = Status { emoji: row.status_emoji, text: row.status_text, until: row.status_until };
        Ok(Person {
            status: Some(status).filter(|status| says_something(status) && !has_ended(status)),
            zone: row.zone,
            hides_reading: row.hides_reading,
            id: PersonId(row.id),
            handle: row.handle,
            name: row.name,
            hue: u8::try_from(row.hue).unwrap_or(0) % limits::HUES,
            role: Role::from_str(&row.role)?,
        })
    }
}

pub(crate) fn says_something(status: &Status) -> bool {
    !status.emoji.is_empty() || !status.text.is_empty()
}

pub(crate) fn has_ended(status: &Status) -> bool {
    status.until.is_some_and(|until| until <= clock::now())
}
