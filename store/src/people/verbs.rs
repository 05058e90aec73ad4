//! People in the database: roles and profiles.

use crate::{
    clock,
    columns::Column,
    db::Db,
    error::Error,
    people::rows::{PersonRow, has_ended, person_columns},
    time_zones,
};
use common::{
    Code, PersonId, ServerEvent,
    accounts::checked_name,
    limits,
    people::{Person, Role, Status, checked_status_text, checked_zone},
};
use sqlx::{Sqlite, SqliteConnection, query::QueryAs, sqlite::SqliteArguments};
use std::collections::HashSet;
use uuid::Uuid;

/// Stores a person's workspace role.
///
/// # Errors
/// [`Code::UnknownPerson`]
pub async fn write_role(connection: &mut SqliteConnection, id: PersonId, role: Role) -> Result<Person, Error> {
    let query = sqlx::query_as(concat!("UPDATE people SET role = $2 WHERE id = $1 RETURNING ", person_columns!()));
    let row: Option<PersonRow> = query.bind(id.0).bind(role.as_str()).fetch_optional(connection).await?;
    row.ok_or(Code::UnknownPerson)?.try_into()
}

/// Returns a person's workspace role.
///
/// # Errors
/// [`Code::UnknownPerson`]
pub async fn role(connection: &mut SqliteConnection, id: PersonId) -> Result<Role, Error> {
    let query = sqlx::query_scalar("SELECT role FROM people WHERE id = $1").bind(id.0);
    let role: Option<String> = query.fetch_optional(connection).await?;
    Role::from_str(&role.ok_or(Code::UnknownPerson)?)
}

/// Returns a person.
///
/// # Errors
/// [`Code::UnknownPerson`]
pub async fn person(db: &Db, id: PersonId) -> Result<Person, Error> {
    let query = sqlx::query_as(concat!("SELECT ", person_columns!(), " FROM people WHERE id = $1")).bind(id.0);
    let row: Option<PersonRow> = query.fetch_optional(&db.read).await?;
    row.ok_or(Code::UnknownPerson)?.try_into()
}

/// Changes a person's name and colour.
///
/// # Errors
/// [`Code::BadName`], [`Code::UnknownPerson`]
pub async fn update(db: &Db, id: PersonId, name: &str, hue: u8) -> Result<Person, Error> {
    let name = checked_name(name, limits::NAME_CHARS)?;
    let query =
        sqlx::query_as(concat!("UPDATE people SET name = $2, hue = $3 WHERE id = $1 RETURNING ", person_columns!()));
    changed(db, query.bind(id.0).bind(name).bind(i64::from(hue % limits::HUES))).await
}

/// Sets a person's status; an empty status clears it.
///
/// # Errors
/// [`Code::BadStatus`], also for a status that has already ended, [`Code::UnknownPerson`]
pub async fn set_status(db: &Db, id: PersonId, status: Status) -> Result<Person, Error> {
    let text = checked_status_text(&status.text)?;
    let emoji = checked_emoji(&status.emoji)?;
    if has_ended(&status) {
        return Err(Code::BadStatus.into());
    }
    let until = status.until.filter(|_| !emoji.is_empty() || !text.is_empty());
    let query = sqlx::query_as(concat!(
        "UPDATE people SET status_emoji = $2, status_text = $3, status_until = $4 WHERE id = $1 RETURNING ",
        person_columns!()
    ));
    changed(db, query.bind(id.0).bind(emoji).bind(text).bind(until)).await
}

/// Accepts an emoji, its name such as `:palm_tree:`, or an empty text.
fn checked_emoji(emoji: &str) -> Result<&'static str, Code> {
    let emoji = emoji.trim();
    if emoji.is_empty() {
        return Ok("");
    }
    let name = emoji.strip_prefix(':').and_then(|rest| rest.strip_suffix(':'));
    let found = emojis::get(emoji).or_else(|| emojis::get_by_shortcode(name?));
    found.map(emojis::Emoji::as_str).ok_or(Code::BadStatus)
}

/// Sets a person's time zone; an empty name clears it.
///
/// # Errors
/// [`Code::Malformed`] for an unknown zone, [`Code::UnknownPerson`]
pub async fn set_zone(db: &Db, id: PersonId, zone: &str) -> Result<Person, Error> {
    let before = person(db, id).await?;
    if before.zone == checked_zone(zone)? {
        return Ok(before);
    }
    if !zone.is_empty() {
        time_zones::minute_in(zone, clock::now()).ok_or(Code::Malformed)?;
    }
    let query = sqlx::query_as(concat!("UPDATE people SET zone = $2 WHERE id = $1 RETURNING ", person_columns!()));
    changed(db, query.bind(id.0).bind(zone.to_owned())).await
}

/// Hides or shows a person's read receipts.
///
/// # Errors
/// [`Code::UnknownPerson`]
pub async fn hide_reading(db: &Db, id: PersonId, hidden: bool) -> Result<Person, Error> {
    let query =
        sqlx::query_as(concat!("UPDATE people SET hides_reading = $2 WHERE id = $1 RETURNING ", person_columns!()));
    changed(db, query.bind(id.0).bind(hidden)).await
}

/// Runs an update of a person and publishes the result.
async fn changed(db: &Db, query: QueryAs<'_, Sqlite, PersonRow, SqliteArguments>) -> Result<Person, Error> {
    let mut transaction = db.begin().await?;
    let row: Option<PersonRow> = query.fetch_optional(&mut *transaction).await?;
    let person = Person::try_from(row.ok_or(Code::UnknownPerson)?)?;
    transaction.publish(ServerEvent::PersonChanged(person.clone()));
    transaction.commit().await?;
    Ok(person)
}

/// Returns the people whose name or handle contains the words, which must be lower case.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn named(db: &Db, words: &str) -> Result<HashSet<PersonId>, Error> {
    let query = "SELECT id FROM people WHERE instr(handle || ' ' || lower(name), $1) > 0";
    let ids: Vec<Uuid> = sqlx::query_scalar(query).bind(words).fetch_all(&db.read).await?;
    Ok(ids.into_iter().map(PersonId).collect())
}
