//! `person:block`: a person blocks another. Only their own devices learn of it. Messages of a blocked
//! author are hidden, never unread, and never notify.

use crate::{clock, db::Db, error::Error, people};
use common::{Code, PersonId};
use sqlx::{SqliteConnection, SqliteExecutor};
use uuid::Uuid;

/// SQL condition: the reader has not blocked the author. Both arguments are SQL expressions.
macro_rules! not_blocked {
    ($reader:literal, $author:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM blocks b WHERE b.person_id = ",
            $reader,
            " AND b.blocked_id = ",
            $author,
            ")"
        )
    };
}

pub(crate) use not_blocked;

/// Blocks or unblocks a person; returns whether the state changed.
///
/// # Errors
/// [`Code::UnknownPerson`]
pub async fn set(db: &Db, me: PersonId, person: PersonId, blocked: bool) -> Result<bool, Error> {
    if person == me {
        return Err(Code::UnknownPerson.into());
    }
    people::verbs::person(db, person).await?;
    let mut transaction = db.begin().await?;
    let query = if blocked {
        sqlx::query("INSERT INTO blocks (person_id, blocked_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(me.0)
            .bind(person.0)
            .bind(clock::now())
    } else {
        sqlx::query("DELETE FROM blocks WHERE person_id = $1 AND blocked_id = $2").bind(me.0).bind(person.0)
    };
    let changed = query.execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(changed.rows_affected() > 0)
}

/// Returns the people that a person has blocked.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn by(db: impl SqliteExecutor<'_>, person: PersonId) -> Result<Vec<PersonId>, Error> {
    let query = sqlx::query_scalar("SELECT blocked_id FROM blocks WHERE person_id = $1 ORDER BY blocked_id");
    let ids: Vec<Uuid> = query.bind(person.0).fetch_all(db).await?;
    Ok(ids.into_iter().map(PersonId).collect())
}

/// Returns the people who have blocked a person.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn against(connection: &mut SqliteConnection, person: PersonId) -> Result<Vec<PersonId>, Error> {
    let query = sqlx::query_scalar("SELECT person_id FROM blocks WHERE blocked_id = $1");
    let ids: Vec<Uuid> = query.bind(person.0).fetch_all(connection).await?;
    Ok(ids.into_iter().map(PersonId).collect())
}
