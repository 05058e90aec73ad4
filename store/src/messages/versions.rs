//! Earlier versions of edited messages.

use crate::{db::Db, error::Error, rooms::memberships::Member};
use common::{
    Code, MessageId, Millis, Seq,
    messages::{Message, Version, Versions},
};
use sqlx::SqliteConnection;
use uuid::Uuid;

/// Stores a message's text before an edit.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn keep(connection: &mut SqliteConnection, message: &Message) -> Result<(), Error> {
    let (seq, at) = message.revision.map_or((message.seq, message.at), |revision| (revision.seq, revision.at));
    sqlx::query("INSERT INTO versions (message_id, seq, text, html, at) VALUES ($1, $2, $3, $4, $5)")
        .bind(message.id.0)
        .bind(seq)
        .bind(&message.text)
        .bind(&message.html)
        .bind(at)
        .execute(connection)
        .await?;
    Ok(())
}

/// Removes all versions of a message.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn forget(connection: &mut SqliteConnection, message: MessageId) -> Result<(), Error> {
    sqlx::query("DELETE FROM versions WHERE message_id = $1").bind(message.0).execute(connection).await?;
    Ok(())
}

/// Returns the earlier versions of a message, oldest first.
///
/// # Errors
/// [`Code::UnknownMessage`] for a message of another room.
pub async fn list(db: &Db, member: Member, message: MessageId) -> Result<Versions, Error> {
    let known: Option<Uuid> = sqlx::query_scalar("SELECT id FROM messages WHERE id = $1 AND room_id = $2")
        .bind(message.0)
        .bind(member.room().0)
        .fetch_optional(&db.read)
        .await?;
    known.ok_or(Code::UnknownMessage)?;
    let rows: Vec<(Seq, String, Option<String>, Millis)> =
        sqlx::query_as("SELECT seq, text, html, at FROM versions WHERE message_id = $1 ORDER BY seq")
            .bind(message.0)
            .fetch_all(&db.read)
            .await?;
    let versions = rows.into_iter().map(|(seq, text, html, at)| Version { seq, text, html, at });
    Ok(Versions { versions: versions.collect() })
}
