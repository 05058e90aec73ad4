//! Bans in the database.

use crate::{audit, clock, db::Db, error::Error, roster};
use common::{BanId, Code, Millis, PersonId, bans::BanTarget};
use sqlx::SqliteConnection;
use std::collections::HashSet;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub struct Row {
    pub id: Uuid,
    pub person_id: Option<Uuid>,
    pub address: Option<String>,
    pub reason: String,
    pub until: Option<Millis>,
    pub by_id: Uuid,
    pub at: Millis,
}

/// Bans a person or an address. A banned person's sessions end on all devices. To ban an address, you need
/// rank over all people connected from it (`there`).
///
/// # Errors
/// [`Code::NotOverThem`], [`Code::UnknownPerson`]
pub async fn add(
    db: &Db,
    by: PersonId,
    target: &BanTarget,
    there: &[PersonId],
    reason: &str,
    until: Option<Millis>,
) -> Result<BanId, Error> {
    let id = BanId::new();
    let mut transaction = db.begin().await?;
    let (person, address, subject) = match target {
        BanTarget::Person(person) => {
            let subject = roster::verbs::require_over(&mut transaction, by, *person).await?;
            roster::verbs::end_sessions(&mut transaction, *person).await?;
            (Some(person.0), None, subject)
        }
        BanTarget::Address(address) => {
            for person in there.iter().collect::<HashSet<_>>() {
                roster::verbs::require_over(&mut transaction, by, *person).await?;
            }
            (None, Some(address), address.clone())
        }
    };
    sqlx::query(
        "INSERT INTO bans (id, person_id, address, reason, until, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id.0)
    .bind(person)
    .bind(address)
    .bind(reason)
    .bind(until)
    .bind(by.0)
    .bind(clock::now())
    .execute(&mut *transaction)
    .await?;
    let details = until.map_or_else(|| reason.to_owned(), |until| format!("{reason} (until {})", audit::moment(until)));
    audit::note(&mut transaction, by, "ban:add", &subject, &details).await?;
    transaction.commit().await?;
    Ok(id)
}

/// # Errors
/// [`Code::Gone`]
pub async fn remove(db: &Db, by: PersonId, ban: BanId) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    let query = "SELECT coalesce(b.address, p.name || ' (@' || p.handle || ')') FROM bans b
                 LEFT JOIN people p ON p.id = b.person_id WHERE b.id = $1";
    let subject: Option<String> = sqlx::query_scalar(query).bind(ban.0).fetch_optional(&mut *transaction).await?;
    let subject = subject.ok_or(Code::Gone)?;
    sqlx::query("DELETE FROM bans WHERE id = $1").bind(ban.0).execute(&mut *transaction).await?;
    audit::note(&mut transaction, by, "ban:remove", &subject, "lifted").await?;
    transaction.commit().await?;
    Ok(())
}

/// Returns all active bans, newest first.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn list(db: &Db) -> Result<Vec<Row>, Error> {
    let query = "SELECT id, person_id, address, reason, until, by_id, at FROM bans
                 WHERE until IS NULL OR until > $1 ORDER BY at DESC";
    Ok(sqlx::query_as(query).bind(clock::now()).fetch_all(&db.read).await?)
}

/// # Errors
/// [`Code::Banned`] if the person is banned.
pub async fn require_none(connection: &mut SqliteConnection, person: PersonId) -> Result<(), Error> {
    let query = "SELECT EXISTS (SELECT 1 FROM bans WHERE person_id = $1 AND (until IS NULL OR until > $2))";
    let is_banned: bool = sqlx::query_scalar(query).bind(person.0).bind(clock::now()).fetch_one(connection).await?;
    if is_banned { Err(Code::Banned.into()) } else { Ok(()) }
}

/// Returns the banned people and addresses with the end of each ban.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn held(db: &Db) -> Result<Vec<(Option<PersonId>, Option<String>, Option<Millis>)>, Error> {
    let rows = list(db).await?;
    Ok(rows.into_iter().map(|row| (row.person_id.map(PersonId), row.address, row.until)).collect())
}
