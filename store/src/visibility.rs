//! Visibility: the people whom a person can see. Members see everyone. Guests see all current and former
//! members of their rooms, so every message has an author.

use crate::{
    db::Db,
    error::Error,
    people::{
        rows::{PersonRow, person_columns},
        verbs::role,
    },
};
use common::{
    PersonId, RoomId,
    people::{Person, Role},
};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use std::collections::HashMap;
use uuid::Uuid;

/// SQL condition: the person `$1` can see the person `p`.
macro_rules! is_known {
    () => {
        "(p.id = $1 OR NOT EXISTS (SELECT 1 FROM people WHERE id = $1 AND role = 'guest')
          OR p.id IN (SELECT c.person_id FROM memberships ours
                      JOIN company c ON c.room_id = ours.room_id WHERE ours.person_id = $1))"
    };
}

pub(crate) use is_known;

/// Returns everyone whom a person can see, including themselves, by name.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn of(db: &Db, person: PersonId) -> Result<Vec<Person>, Error> {
    let query = sqlx::query_as(concat!(
        "SELECT ",
        person_columns!(),
        " FROM people p WHERE ",
        is_known!(),
        " ORDER BY name, handle"
    ));
    let rows: Vec<PersonRow> = query.bind(person.0).fetch_all(&db.read).await?;
    rows.into_iter().map(Person::try_from).collect()
}

/// Returns whether a person is a guest.
///
/// # Errors
/// [`common::Code::UnknownPerson`]
pub async fn is_guest(db: &Db, person: PersonId) -> Result<bool, Error> {
    let mut connection = db.read.acquire().await?;
    Ok(role(&mut connection, person).await? == Role::Guest)
}

/// Records that a person joins a room, perhaps again.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn note(connection: &mut SqliteConnection, room: RoomId, person: PersonId) -> Result<(), Error> {
    sqlx::query("INSERT INTO company (room_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(room.0)
        .bind(person.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Returns a room's current and former members, by name.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn in_room(db: &Db, room: RoomId) -> Result<Vec<Person>, Error> {
    let query = sqlx::query_as(concat!(
        "SELECT ",
        person_columns!(),
        " FROM people WHERE id IN (SELECT person_id FROM company WHERE room_id = $1) ORDER BY name, handle"
    ));
    let rows: Vec<PersonRow> = query.bind(room.0).fetch_all(&db.read).await?;
    rows.into_iter().map(Person::try_from).collect()
}

/// Returns the guests who can see some of these people, with those people.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn guests_who_know(db: &Db, people: &[PersonId]) -> Result<HashMap<PersonId, Vec<PersonId>>, Error> {
    // Guests are few: the join starts with them.
    let mut query = QueryBuilder::<Sqlite>::new(
        "SELECT DISTINCT guest.id, c.person_id FROM (SELECT id FROM people WHERE role = 'guest') guest
         CROSS JOIN memberships ours CROSS JOIN company c
         WHERE ours.person_id = guest.id AND c.room_id = ours.room_id AND c.person_id IN (",
    );
    let mut list = query.separated(", ");
    for person in people {
        list.push_bind(person.0);
    }
    query.push(")");
    let pairs: Vec<(Uuid, Uuid)> = query.build_query_as().fetch_all(&db.read).await?;
    let mut guests = HashMap::<_, Vec<_>>::new();
    for (guest, known) in pairs {
        guests.entry(PersonId(guest)).or_default().push(PersonId(known));
    }
    Ok(guests)
}
