//! Pins in the database.

use crate::{
    clock,
    db::{Db, Transaction},
    error::Error,
    log,
    messages::{
        self, annotations,
        rows::{MessageRow, message_columns},
    },
    rooms::{access::require_to, memberships::Member},
};
use common::{
    Code, MessageId, Millis, PersonId, RoomId, Seq, ServerEvent, limits,
    messages::Message,
    permissions::RoomAction,
    pins::{AddPin, PinChange, RemovePin},
};
use sqlx::SqliteConnection;
use uuid::Uuid;

/// Pins a message; a repeat changes nothing.
///
/// # Errors
/// [`Code::UnknownMessage`], [`Code::TooManyPins`], or an error of [`require_to`].
pub async fn add(db: &Db, person: PersonId, command: &AddPin) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    require_to(&mut *transaction, person, command.room, RoomAction::Change).await?;
    let message = messages::queries::standing(&mut transaction, command.room, command.message).await?.id;
    if !is_pinned(&mut transaction, message).await? {
        if count(&mut transaction, command.room).await? >= limits::PINS {
            return Err(Code::TooManyPins.into());
        }
        let at = clock::now();
        let seq = note(&mut transaction, command.room, message, person, at, ServerEvent::PinAdded).await?;
        sqlx::query("INSERT INTO pins (message_id, room_id, person_id, seq, at) VALUES ($1, $2, $3, $4, $5)")
            .bind(message.0)
            .bind(command.room.0)
            .bind(person.0)
            .bind(seq)
            .bind(at)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await
}

/// Removes a pin, if it exists.
///
/// # Errors
/// [`Code::UnknownMessage`], or an error of [`require_to`].
pub async fn remove(db: &Db, person: PersonId, command: &RemovePin) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    require_to(&mut *transaction, person, command.room, RoomAction::Change).await?;
    let message = messages::queries::standing(&mut transaction, command.room, command.message).await?.id;
    if forget(&mut transaction, message).await? {
        note(&mut transaction, command.room, message, person, clock::now(), ServerEvent::PinRemoved).await?;
    }
    transaction.commit().await
}

/// Removes a message's pin; returns whether it had a pin.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn forget(connection: &mut SqliteConnection, message: MessageId) -> Result<bool, Error> {
    let removed = sqlx::query("DELETE FROM pins WHERE message_id = $1").bind(message.0).execute(connection).await?;
    Ok(removed.rows_affected() > 0)
}

/// Returns the pinned messages of a room, latest pin first.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn list(db: &Db, member: Member) -> Result<Vec<Message>, Error> {
    let rows: Vec<MessageRow> = sqlx::query_as(concat!(
        "SELECT ",
        message_columns!(),
        " FROM pins p JOIN messages m ON m.id = p.message_id WHERE p.room_id = $1 ORDER BY p.seq DESC"
    ))
    .bind(member.room().0)
    .fetch_all(&db.read)
    .await?;
    annotations::annotated(db, rows).await
}

async fn is_pinned(connection: &mut SqliteConnection, message: MessageId) -> Result<bool, Error> {
    let query = sqlx::query_scalar("SELECT message_id FROM pins WHERE message_id = $1").bind(message.0);
    let found: Option<Uuid> = query.fetch_optional(connection).await?;
    Ok(found.is_some())
}

async fn count(connection: &mut SqliteConnection, room: RoomId) -> Result<usize, Error> {
    let query = sqlx::query_scalar("SELECT count(*) FROM pins WHERE room_id = $1").bind(room.0);
    let count: i64 = query.fetch_one(connection).await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Appends a pin's addition or removal to the log.
async fn note(
    transaction: &mut Transaction,
    room: RoomId,
    message: MessageId,
    person: PersonId,
    at: Millis,
    what: fn(PinChange) -> ServerEvent,
) -> Result<Seq, Error> {
    let event = |seq| what(PinChange { room, seq, message, person, at });
    let seq = log::append(transaction, room, person, at, event).await?;
    annotations::touch(transaction, message, seq).await?;
    Ok(seq)
}
