//! Reactions in the database.

use crate::{
    clock,
    db::{Db, Transaction},
    emoji,
    error::Error,
    log,
    messages::{self, annotations},
    rooms::access::require_to,
};
use common::{
    Code, MessageId, PersonId, RoomId, Seq, ServerEvent, limits,
    permissions::RoomAction,
    reactions::{AddReaction, ReactionChange, RemoveReaction},
};
use sqlx::SqliteConnection;

/// Adds a reaction to a message; a repeat changes nothing.
///
/// # Errors
/// [`Code::NotAnEmoji`], [`Code::UnknownMessage`], [`Code::TooManyReactions`], or an error of
/// [`require_to`].
pub async fn add(db: &Db, person: PersonId, command: &AddReaction) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    require_to(&mut *transaction, person, command.room, RoomAction::Change).await?;
    let emoji = emoji::known(&command.emoji)?;
    let message = messages::queries::standing(&mut transaction, command.room, command.message).await?.id;
    if !is_there(&mut transaction, message, emoji, person).await? {
        if others(&mut transaction, message, emoji).await? >= limits::REACTIONS {
            return Err(Code::TooManyReactions.into());
        }
        let seq = note(&mut transaction, command.room, message, emoji, person, ServerEvent::ReactionAdded).await?;
        insert(&mut transaction, message, emoji, person, seq).await?;
    }
    transaction.commit().await
}

/// Removes a person's own reaction, if it exists.
///
/// # Errors
/// [`Code::NotAnEmoji`], [`Code::UnknownMessage`], or an error of [`require_to`].
pub async fn remove(db: &Db, person: PersonId, command: &RemoveReaction) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    require_to(&mut *transaction, person, command.room, RoomAction::Change).await?;
    let emoji = emoji::known(&command.emoji)?;
    let message = messages::queries::standing(&mut transaction, command.room, command.message).await?.id;
    let removed = sqlx::query("DELETE FROM reactions WHERE message_id = $1 AND emoji = $2 AND person_id = $3")
        .bind(message.0)
        .bind(emoji)
        .bind(person.0)
        .execute(&mut *transaction)
        .await?;
    if removed.rows_affected() > 0 {
        note(&mut transaction, command.room, message, emoji, person, ServerEvent::ReactionRemoved).await?;
    }
    transaction.commit().await
}

/// Removes all reactions of a message.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn forget(connection: &mut SqliteConnection, message: MessageId) -> Result<(), Error> {
    sqlx::query("DELETE FROM reactions WHERE message_id = $1").bind(message.0).execute(connection).await?;
    Ok(())
}

async fn is_there(
    connection: &mut SqliteConnection,
    message: MessageId,
    emoji: &str,
    person: PersonId,
) -> Result<bool, Error> {
    let query = "SELECT EXISTS (SELECT 1 FROM reactions WHERE message_id = $1 AND emoji = $2 AND person_id = $3)";
    let query = sqlx::query_scalar(query).bind(message.0).bind(emoji).bind(person.0);
    Ok(query.fetch_one(connection).await?)
}

/// Counts the other emoji on the message.
async fn others(connection: &mut SqliteConnection, message: MessageId, emoji: &str) -> Result<usize, Error> {
    let query = "SELECT count(DISTINCT emoji) FROM reactions WHERE message_id = $1 AND emoji <> $2";
    let count: i64 = sqlx::query_scalar(query).bind(message.0).bind(emoji).fetch_one(connection).await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Appends the addition or removal to the log.
async fn note(
    transaction: &mut Transaction,
    room: RoomId,
    message: MessageId,
    emoji: &str,
    person: PersonId,
    what: fn(ReactionChange) -> ServerEvent,
) -> Result<Seq, Error> {
    let event = |seq| what(ReactionChange { room, seq, message, emoji: emoji.to_owned(), person });
    let seq = log::append(transaction, room, person, clock::now(), event).await?;
    annotations::touch(transaction, message, seq).await?;
    Ok(seq)
}

async fn insert(
    connection: &mut SqliteConnection,
    message: MessageId,
    emoji: &str,
    person: PersonId,
    seq: Seq,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO reactions (message_id, emoji, person_id, seq, since)
         VALUES ($1, $2, $3, $4,
                 COALESCE((SELECT min(since) FROM reactions WHERE message_id = $1 AND emoji = $2), $4))",
    )
    .bind(message.0)
    .bind(emoji)
    .bind(person.0)
    .bind(seq)
    .execute(connection)
    .await?;
    Ok(())
}
