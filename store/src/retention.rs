//! Retention: deletes messages that exceed their room's age limit, as if their authors had done it. The
//! place stays; the text, files and earlier versions go.

use crate::{audit, db::Db, error::Error, messages};
use common::{
    Code, Command, MessageId, Millis, PersonId,
    retention::{SetRetention, checked_days},
};
use uuid::Uuid;

const DAY: Millis = 24 * 60 * 60 * 1000;

/// The batch size of a transaction: other writers run between batches.
const TOGETHER: i64 = 100;

/// Sets a room's age limit, or removes it.
///
/// # Errors
/// [`Code::UnknownRoom`], or the code of a number of days out of range.
pub async fn set(db: &Db, by: PersonId, command: &SetRetention) -> Result<(), Error> {
    let days = checked_days(command.days)?;
    let mut transaction = db.begin().await?;
    let query = sqlx::query_scalar("UPDATE rooms SET retention = $2 WHERE id = $1 RETURNING name");
    let name: Option<String> =
        query.bind(command.room.0).bind(days.map(i64::from)).fetch_optional(&mut *transaction).await?;
    let name = name.ok_or(Code::UnknownRoom)?;
    let details = days.map_or("kept without end".to_owned(), |days| format!("kept for {days} days"));
    audit::note(&mut transaction, by, SetRetention::NAME, &name, &details).await?;
    transaction.commit().await
}

/// Deletes a batch of messages that are too old at `now`; returns their number.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn delete_some(db: &Db, now: Millis) -> Result<usize, Error> {
    let query = "SELECT m.id, m.author_id FROM rooms r JOIN messages m ON m.room_id = r.id
                 WHERE r.retention IS NOT NULL AND m.at < $1 - r.retention * $2
                   AND (m.revision IS NULL OR m.revision <> 'deleted') LIMIT $3";
    let old: Vec<(Uuid, Uuid)> = sqlx::query_as(query).bind(now).bind(DAY).bind(TOGETHER).fetch_all(&db.read).await?;
    if old.is_empty() {
        return Ok(0);
    }
    let mut transaction = db.begin().await?;
    for (message, author) in &old {
        messages::verbs::remove(&mut transaction, PersonId(*author), MessageId(*message)).await?;
    }
    transaction.commit().await?;
    Ok(old.len())
}
