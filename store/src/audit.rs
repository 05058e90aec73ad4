//! The audit log. The transaction of an administrative act also writes its entry. Database triggers reject
//! changes and deletions of entries.

use crate::{
    clock,
    db::{Db, Transaction},
    error::Error,
    roster,
};
use common::{
    Millis, PersonId,
    audit::{AuditEntry, ListAudit},
    limits,
};
use jiff::Timestamp;
use uuid::Uuid;

/// Writes an entry for an act.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn note(
    transaction: &mut Transaction,
    by: PersonId,
    act: &str,
    subject: &str,
    details: &str,
) -> Result<(), Error> {
    sqlx::query("INSERT INTO audit (at, by_id, act, subject, details) VALUES ($1, $2, $3, $4, $5)")
        .bind(clock::now())
        .bind(by.0)
        .bind(act)
        .bind(subject)
        .bind(details)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Formats a time for audit details: to the minute, in UTC. Times after the year 9999 show as its end.
pub fn moment(at: Millis) -> String {
    let moment = Timestamp::from_millisecond(at).unwrap_or(Timestamp::MAX);
    moment.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// Returns a page of acts, newest first.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn list(db: &Db, command: &ListAudit) -> Result<Vec<AuditEntry>, Error> {
    type Row = (i64, Millis, Uuid, String, String, String);
    let query = "SELECT a.number, a.at, a.by_id, a.act, a.subject, a.details FROM audit a JOIN people p ON p.id = a.by_id
                 WHERE a.number < $1 AND instr(lower(a.act || ' ' || a.subject || ' ' || a.details || ' ' || p.name), $2) > 0
                 ORDER BY a.number DESC LIMIT $3";
    let rows: Vec<Row> = sqlx::query_as(query)
        .bind(command.before.unwrap_or(i64::MAX))
        .bind(command.query.trim().to_lowercase())
        .bind(limits::CONSOLE_PAGE as i64)
        .fetch_all(&db.read)
        .await?;
    let tags = roster::tags::tags(db, rows.iter().map(|row| PersonId(row.2))).await?;
    let acts = rows.into_iter().map(|(number, at, by, act, subject, details)| AuditEntry {
        number,
        at,
        by: tags.of(PersonId(by)),
        act,
        subject,
        details,
    });
    Ok(acts.collect())
}
