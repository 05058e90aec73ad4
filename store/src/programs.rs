//! Programs in the database. They store only the SHA-256 of a token.

use crate::{audit, clock, db::Db, error::Error, roster::tags, sessions};
use common::{
    Code, Millis, PersonId, ProgramId,
    programs::{Program, TOKEN_PREFIX},
};
use uuid::Uuid;

/// A program that has authenticated with its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramIdentity {
    pub id: ProgramId,
    pub name: String,
    pub until: Option<Millis>,
}

/// Creates a program; returns its token, which the server cannot show again.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn create(db: &Db, by: PersonId, name: &str, lasts: Option<Millis>) -> Result<(ProgramId, String), Error> {
    let (id, token, now) =
        (ProgramId::new(), format!("{TOKEN_PREFIX}{}", sessions::verbs::random_token()), clock::now());
    let mut transaction = db.begin().await?;
    sqlx::query("INSERT INTO programs (id, token_hash, name, by_id, at, until) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id.0)
        .bind(sessions::verbs::hashed(&token))
        .bind(name)
        .bind(by.0)
        .bind(now)
        .bind(lasts.map(|lasts| now + lasts))
        .execute(&mut *transaction)
        .await?;
    audit::note(&mut transaction, by, "program:create", name, "a token was made").await?;
    transaction.commit().await?;
    Ok((id, token))
}

/// # Errors
/// [`Code::Gone`]
pub async fn revoke(db: &Db, by: PersonId, program: ProgramId) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    let query = sqlx::query_scalar("DELETE FROM programs WHERE id = $1 RETURNING name").bind(program.0);
    let name: Option<String> = query.fetch_optional(&mut *transaction).await?;
    audit::note(&mut transaction, by, "program:revoke", &name.ok_or(Code::Gone)?, "its token was taken back").await?;
    transaction.commit().await?;
    Ok(())
}

/// Returns the program of a token; `None` for an unknown or expired token.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn find(db: &Db, token: &str) -> Result<Option<ProgramIdentity>, Error> {
    let query = sqlx::query_as("SELECT id, name, until FROM programs WHERE token_hash = $1")
        .bind(sessions::verbs::hashed(token));
    let found: Option<(Uuid, String, Option<Millis>)> = query.fetch_optional(&db.read).await?;
    let known = found.map(|(id, name, until)| ProgramIdentity { id: ProgramId(id), name, until });
    Ok(known.filter(|known| known.until.is_none_or(|until| until > clock::now())))
}

/// Returns the programs with valid tokens, newest first.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn list(db: &Db) -> Result<Vec<Program>, Error> {
    let query = "SELECT id, name, by_id, at, until FROM programs WHERE until IS NULL OR until > $1 ORDER BY at DESC";
    type Row = (Uuid, String, Uuid, Millis, Option<Millis>);
    let rows: Vec<Row> = sqlx::query_as(query).bind(clock::now()).fetch_all(&db.read).await?;
    let tags = tags::tags(db, rows.iter().map(|row| PersonId(row.2))).await?;
    let programs = rows.into_iter().map(|(id, name, by, at, until)| Program {
        id: ProgramId(id),
        name,
        by: tags.of(PersonId(by)),
        at,
        until,
    });
    Ok(programs.collect())
}
