//! Saved messages in the database. After you leave a room, its saved messages stay stored, but hidden until
//! you return.

use crate::{
    clock,
    db::Db,
    error::Error,
    messages::{
        self,
        rows::{MessageRow, message_columns},
    },
    rooms::memberships,
};
use common::{
    Code, MessageId, Millis, PersonId, limits,
    saved::{AddSaved, RemoveSaved, SavedMessage, SavedPage},
};
use sqlx::SqliteConnection;
use uuid::Uuid;

/// Saves a message; returns whether it is new.
///
/// # Errors
/// [`Code::UnknownMessage`], [`Code::TooManySaved`], or an error of [`memberships::require`].
pub async fn add(db: &Db, person: PersonId, command: &AddSaved) -> Result<bool, Error> {
    let mut transaction = db.begin().await?;
    memberships::require(&mut *transaction, person, command.room).await?;
    let message = messages::queries::standing(&mut transaction, command.room, command.message).await?.id;
    let query = "INSERT INTO saved (person_id, message_id, at) VALUES ($1, $2, $3)
                 ON CONFLICT (person_id, message_id) DO NOTHING";
    let saved = sqlx::query(query).bind(person.0).bind(message.0).bind(clock::now()).execute(&mut *transaction).await?;
    if count(&mut transaction, person).await? > limits::SAVED {
        return Err(Code::TooManySaved.into());
    }
    transaction.commit().await?;
    Ok(saved.rows_affected() > 0)
}

/// Removes a saved message; returns whether it was saved.
///
/// # Errors
/// The errors of [`memberships::require`].
pub async fn remove(db: &Db, person: PersonId, command: &RemoveSaved) -> Result<bool, Error> {
    let mut transaction = db.begin().await?;
    memberships::require(&mut *transaction, person, command.room).await?;
    let removed = sqlx::query("DELETE FROM saved WHERE person_id = $1 AND message_id = $2")
        .bind(person.0)
        .bind(command.message.0)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(removed.rows_affected() > 0)
}

/// Removes a message from everyone's saved list.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn forget(connection: &mut SqliteConnection, message: MessageId) -> Result<(), Error> {
    sqlx::query("DELETE FROM saved WHERE message_id = $1").bind(message.0).execute(connection).await?;
    Ok(())
}

/// Returns the ids of a person's saved messages, in order.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn ids(db: &Db, person: PersonId) -> Result<Vec<MessageId>, Error> {
    let query = sqlx::query_scalar(
        "SELECT s.message_id FROM saved s JOIN messages m ON m.id = s.message_id
         JOIN memberships o ON o.room_id = m.room_id AND o.person_id = s.person_id
         WHERE s.person_id = $1 ORDER BY s.message_id",
    );
    let ids: Vec<Uuid> = query.bind(person.0).fetch_all(&db.read).await?;
    Ok(ids.into_iter().map(MessageId).collect())
}

#[derive(sqlx::FromRow)]
struct SavedRow {
    #[sqlx(flatten)]
    message: MessageRow,
    saved_at: Millis,
}

/// Returns a page of a person's saved messages, latest first.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn list(db: &Db, person: PersonId, after: Option<MessageId>) -> Result<SavedPage, Error> {
    let wanted = limits::PAGE_MESSAGES as usize;
    let mut rows: Vec<SavedRow> = sqlx::query_as(concat!(
        "SELECT s.at AS saved_at, ",
        message_columns!(),
        " FROM saved s JOIN messages m ON m.id = s.message_id
         JOIN memberships o ON o.room_id = m.room_id AND o.person_id = s.person_id
         WHERE s.person_id = $1
           AND ($2 IS NULL OR (s.at, s.message_id)
                < (SELECT at, message_id FROM saved WHERE person_id = $1 AND message_id = $2))
         ORDER BY s.at DESC, s.message_id DESC LIMIT $3"
    ))
    .bind(person.0)
    .bind(after.map(|id| id.0))
    .bind(i64::from(limits::PAGE_MESSAGES) + 1)
    .fetch_all(&db.read)
    .await?;
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let saved = rows.into_iter().map(|row| Ok(SavedMessage { message: row.message.try_into()?, at: row.saved_at }));
    Ok(SavedPage { saved: saved.collect::<Result<_, Error>>()?, more })
}

async fn count(connection: &mut SqliteConnection, person: PersonId) -> Result<usize, Error> {
    let query = sqlx::query_scalar("SELECT count(*) FROM saved WHERE person_id = $1").bind(person.0);
    let count: i64 = query.fetch_one(connection).await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}
