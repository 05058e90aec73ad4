//! Retention: messages of rooms that keep them for some days only are deleted when they are older, as if
//! their authors had done it: a trace is left, and what they said, their files and earlier texts are gone.

use crate::{admin::Context, audit, clock, db::Db, error::Error, files::Files, messages, namespaces::Reply};
use common::{
    Code, MessageId, Millis, PersonId,
    retention::{SetRetention, checked_days},
};
use std::time::Duration;
use uuid::Uuid;

const DAY: Millis = 24 * 60 * 60 * 1000;

/// How often it is looked for what has become too old.
const EVERY: Duration = Duration::from_secs(10 * 60);

/// Messages that are deleted in one transaction: others write in between.
const TOGETHER: i64 = 100;

/// `room:retention`
pub async fn set(ctx: Context, command: SetRetention) -> Result<Reply<()>, Error> {
    let days = checked_days(command.days)?;
    let mut transaction = ctx.db.begin().await?;
    let query = sqlx::query_scalar("UPDATE rooms SET retention = $2 WHERE id = $1 RETURNING name");
    let name: Option<String> =
        query.bind(command.room.0).bind(days.map(i64::from)).fetch_optional(&mut *transaction).await?;
    let name = name.ok_or(Code::UnknownRoom)?;
    let details = days.map_or("kept without end".to_owned(), |days| format!("kept for {days} days"));
    audit::note(&mut transaction, ctx.person, "room:retention", &name, &details).await?;
    transaction.commit().await?;
    let (db, files) = (ctx.db.clone(), ctx.files.clone());
    Ok(Reply::of(()).then(async move |_| {
        // What is too old already goes at once, and not while the console waits.
        tokio::spawn(async move { sweep(&db, &files, clock::now()).await });
    }))
}

/// Deletes what is too old, now and then, for as long as the server runs.
pub async fn keep_sweeping(db: Db, files: Files) {
    let mut turns = tokio::time::interval(EVERY);
    loop {
        turns.tick().await;
        sweep(&db, &files, clock::now()).await;
    }
}

/// Deletes what is too old.
pub async fn sweep(db: &Db, files: &Files, now: Millis) {
    let mut deleted = 0;
    loop {
        match delete_some(db, now).await {
            Ok(0) => break,
            Ok(some) => deleted += some,
            // The database is closed, or its disk is full: the next turn tries again.
            Err(error) => return drop(error.into_refusal()),
        }
    }
    if deleted > 0 {
        tracing::info!(deleted, "messages have become too old and were deleted");
        files.sweep_soon();
    }
}

async fn delete_some(db: &Db, now: Millis) -> Result<usize, Error> {
    let query = "SELECT m.id, m.author_id FROM rooms r JOIN messages m ON m.room_id = r.id
                 WHERE r.retention IS NOT NULL AND m.at < $1 - r.retention * $2
                   AND (m.revision IS NULL OR m.revision <> 'deleted') LIMIT $3";
    let old: Vec<(Uuid, Uuid)> = sqlx::query_as(query).bind(now).bind(DAY).bind(TOGETHER).fetch_all(&db.read).await?;
    if old.is_empty() {
        return Ok(0);
    }
    let mut transaction = db.begin().await?;
    for (message, author) in &old {
        messages::store::remove(&mut transaction, PersonId(*author), MessageId(*message)).await?;
    }
    transaction.commit().await?;
    Ok(old.len())
}
