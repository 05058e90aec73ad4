//! Memberships: a person's belonging to a room.

use crate::{columns::Column, db::Db, error::Error};
use common::{Code, PersonId, RoomId, permissions::RoomRole, rooms::RoomKind};
use sqlx::{SqliteConnection, SqliteExecutor};
use uuid::Uuid;

/// # Errors
/// [`Code::NotAMember`] for a public room, [`Code::UnknownRoom`] for any other, so that a probe reveals no
/// private room.
pub async fn require(db: impl SqliteExecutor<'_>, person: PersonId, room: RoomId) -> Result<RoomKind, Error> {
    Ok(decide(look_up(db, person, room).await?)?)
}

/// A proof of membership: readers take it instead of another database query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    person: PersonId,
    room: RoomId,
}

impl Member {
    /// # Errors
    /// The errors of [`require`].
    pub async fn require(db: impl SqliteExecutor<'_>, person: PersonId, room: RoomId) -> Result<Self, Error> {
        require(db, person, room).await?;
        Ok(Self { person, room })
    }

    /// Trusts a membership from an earlier lookup. The caller must know that no membership has changed
    /// since: see [`Db::membership_changes`].
    pub fn found_before(person: PersonId, room: RoomId) -> Self {
        Self { person, room }
    }

    pub fn person(self) -> PersonId {
        self.person
    }

    pub fn room(self) -> RoomId {
        self.room
    }
}

/// Decides on access from the room's kind and the person's membership; `None` is an unknown room.
///
/// # Errors
/// The errors of [`require`].
pub fn decide(found: Option<(RoomKind, bool)>) -> Result<RoomKind, Code> {
    match found {
        Some((kind, true)) => Ok(kind),
        Some((RoomKind::Public, false)) => Err(Code::NotAMember),
        Some((RoomKind::Private | RoomKind::Direct, false)) | None => Err(Code::UnknownRoom),
    }
}

/// Returns a room's kind and whether the person is a member. For guests outside it, every room is private.
pub(crate) async fn look_up(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
    room: RoomId,
) -> Result<Option<(RoomKind, bool)>, Error> {
    let query = sqlx::query_as(
        "SELECT CASE WHEN r.kind = 'public' AND m.person_id IS NULL
                          AND EXISTS (SELECT 1 FROM people WHERE id = $2 AND role = 'guest')
                     THEN 'private' ELSE r.kind END,
                m.person_id IS NOT NULL
         FROM rooms r LEFT JOIN memberships m ON m.room_id = r.id AND m.person_id = $2 WHERE r.id = $1",
    );
    let found: Option<(String, bool)> = query.bind(room.0).bind(person.0).fetch_optional(db).await?;
    found.map(|(kind, is_member)| Ok((RoomKind::from_str(&kind)?, is_member))).transpose()
}

/// Returns the members of a room.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn members(db: impl SqliteExecutor<'_>, room: RoomId) -> Result<Vec<PersonId>, Error> {
    let query =
        sqlx::query_scalar("SELECT person_id FROM memberships WHERE room_id = $1 ORDER BY joined_at, person_id");
    let ids: Vec<Uuid> = query.bind(room.0).fetch_all(db).await?;
    Ok(ids.into_iter().map(PersonId).collect())
}

/// Returns the rooms of a person.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn rooms_of(db: &Db, person: PersonId) -> Result<Vec<RoomId>, Error> {
    let query = sqlx::query_scalar("SELECT room_id FROM memberships WHERE person_id = $1").bind(person.0);
    let ids: Vec<Uuid> = query.fetch_all(&db.read).await?;
    Ok(ids.into_iter().map(RoomId).collect())
}

/// Returns a person's role in a room; `None` for a person outside it.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn role(
    connection: &mut SqliteConnection,
    person: PersonId,
    room: RoomId,
) -> Result<Option<RoomRole>, Error> {
    let query = sqlx::query_scalar("SELECT role FROM memberships WHERE room_id = $1 AND person_id = $2");
    let found: Option<String> = query.bind(room.0).bind(person.0).fetch_optional(connection).await?;
    found.map(|role| RoomRole::from_str(&role)).transpose()
}
