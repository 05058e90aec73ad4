//! Reports in the database.

use crate::{audit, clock, db::Db, error::Error, messages, roster::tags};
use common::{
    Code, MessageId, Millis, PersonId, ReportId, RoomId, limits,
    reports::{Report, ReportMessage, Verdict},
};
use uuid::Uuid;

/// Stores a report with the message's current text. A second report by the same person changes nothing,
/// unless the first is decided: then it reopens.
///
/// # Errors
/// [`Code::UnknownMessage`]
pub async fn add(db: &Db, by: PersonId, command: &ReportMessage, reason: &str) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    let query =
        "SELECT text FROM messages WHERE id = $1 AND room_id = $2 AND (revision IS NULL OR revision <> 'deleted')";
    let found = sqlx::query_scalar(query).bind(command.message.0).bind(command.room.0);
    let text: Option<String> = found.fetch_optional(&mut *transaction).await?;
    let text = text.ok_or(Code::UnknownMessage)?;
    sqlx::query(
        "INSERT INTO reports (id, message_id, by_id, reason, text, at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (message_id, by_id) DO UPDATE
         SET id = excluded.id, reason = excluded.reason, text = excluded.text, at = excluded.at, decided_at = NULL
         WHERE decided_at IS NOT NULL",
    )
    .bind(ReportId::new().0)
    .bind(command.message.0)
    .bind(by.0)
    .bind(reason)
    .bind(text)
    .bind(clock::now())
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Counts the open reports.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn open(db: &Db) -> Result<u32, Error> {
    let query = sqlx::query_scalar("SELECT count(*) FROM reports WHERE decided_at IS NULL");
    let count: i64 = query.fetch_one(&db.read).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Returns a page of open reports after another report, oldest first. That report may already be decided.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn list(db: &Db, after: Option<ReportId>) -> Result<Vec<Report>, Error> {
    #[derive(sqlx::FromRow)]
    struct Row {
        id: Uuid,
        at: Millis,
        by_id: Uuid,
        reason: String,
        room_id: Uuid,
        room_name: String,
        message_id: Uuid,
        seq: i64,
        parent_id: Option<Uuid>,
        author_id: Uuid,
        text: String,
        is_deleted: bool,
    }
    let query =
        "SELECT r.id, r.at, r.by_id, r.reason, m.room_id, o.name AS room_name, r.message_id, m.seq, m.parent_id, m.author_id, r.text,
                        coalesce(m.revision, '') = 'deleted' AS is_deleted
                 FROM reports r JOIN messages m ON m.id = r.message_id JOIN rooms o ON o.id = m.room_id
                 WHERE r.decided_at IS NULL AND ($1 IS NULL OR (r.at, r.id) > (SELECT at, id FROM reports WHERE id = $1))
                 ORDER BY r.at, r.id LIMIT $2";
    let query = sqlx::query_as(query).bind(after.map(|report| report.0)).bind(limits::CONSOLE_PAGE as i64);
    let rows: Vec<Row> = query.fetch_all(&db.read).await?;
    let people = rows.iter().flat_map(|row| [PersonId(row.by_id), PersonId(row.author_id)]);
    let tags = tags::tags(db, people).await?;
    let reports = rows.into_iter().map(|row| Report {
        id: ReportId(row.id),
        at: row.at,
        by: tags.of(PersonId(row.by_id)),
        reason: row.reason,
        room: RoomId(row.room_id),
        room_name: row.room_name,
        message: MessageId(row.message_id),
        seq: row.seq,
        parent: row.parent_id.map(MessageId),
        author: tags.of(PersonId(row.author_id)),
        text: row.text,
        is_deleted: row.is_deleted,
    });
    Ok(reports.collect())
}

/// Closes all reports of a message, and keeps or deletes the message.
///
/// # Errors
/// [`Code::Gone`]
pub async fn decide(db: &Db, by: PersonId, report: ReportId, verdict: Verdict) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    let query = "SELECT r.message_id, p.name || ' (@' || p.handle || ')', r.reason
                 FROM reports r JOIN messages m ON m.id = r.message_id JOIN people p ON p.id = m.author_id
                 WHERE r.id = $1 AND r.decided_at IS NULL";
    let found: Option<(Uuid, String, String)> =
        sqlx::query_as(query).bind(report.0).fetch_optional(&mut *transaction).await?;
    let (message, author, reason) = found.ok_or(Code::Gone)?;
    // A deletion also removes the text from the reports.
    sqlx::query("UPDATE reports SET decided_at = $2, text = '' WHERE message_id = $1 AND decided_at IS NULL")
        .bind(message)
        .bind(clock::now())
        .execute(&mut *transaction)
        .await?;
    let what = match verdict {
        Verdict::Dismiss => "the message stays",
        Verdict::Remove => {
            messages::verbs::remove(&mut transaction, by, MessageId(message)).await?;
            "the message was removed"
        }
    };
    audit::note(
        &mut transaction,
        by,
        "report:decide",
        &author,
        &format!("reported as \u{201c}{reason}\u{201d}: {what}"),
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}
