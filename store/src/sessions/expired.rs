//! Expired sessions and program tokens.

use crate::{db::Db, error::Error, sessions::verbs::Session};
use common::{Millis, PersonId, ProgramId};
use uuid::Uuid;

/// Returns the sessions and programs that expire between two times.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn expired(db: &Db, after: Millis, until: Millis) -> Result<(Vec<Session>, Vec<ProgramId>), Error> {
    let query = "SELECT person_id, expires_at, token_hash FROM sessions WHERE expires_at > $1 AND expires_at <= $2";
    let sessions: Vec<(Uuid, Millis, Vec<u8>)> =
        sqlx::query_as(query).bind(after).bind(until).fetch_all(&db.read).await?;
    let query = sqlx::query_scalar("SELECT id FROM programs WHERE until > $1 AND until <= $2");
    let programs: Vec<Uuid> = query.bind(after).bind(until).fetch_all(&db.read).await?;
    let stored = |(person, expires_at, hash)| Session::stored(PersonId(person), expires_at, hash);
    Ok((sessions.into_iter().map(stored).collect(), programs.into_iter().map(ProgramId).collect()))
}
