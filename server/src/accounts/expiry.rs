//! The end of what lasts for a time only: whoever is connected with a session or a program's token that
//! expires is told, and hears nothing more.

use super::Session;
use crate::{broadcasts::Broadcasts, clock, db::Db, error::Error};
use common::{Code, Millis, PersonId, ProgramId, connections::SessionEnded};
use std::time::Duration;
use tokio::time::MissedTickBehavior;
use uuid::Uuid;

/// How often it is looked for what has expired: it takes effect within a second.
const EVERY: Duration = Duration::from_millis(500);

/// Ends the connections of what expires, for as long as the server runs. What had expired before never came in.
pub async fn keep_ending(db: Db, broadcasts: Broadcasts) {
    let mut turns = tokio::time::interval(EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut looked_at = clock::now();
    loop {
        turns.tick().await;
        let now = clock::now();
        match expired(&db, looked_at, now).await {
            Ok((sessions, programs)) => {
                looked_at = now;
                for session in sessions {
                    let ended = SessionEnded { refusal: Code::SessionExpired.into() };
                    broadcasts.session_ended(&session.key(), ended).await;
                }
                for program in programs {
                    broadcasts.program_revoked(program).await;
                }
            }
            // It is looked for again, from the same time on.
            Err(error) => drop(error.into_refusal()),
        }
    }
}

/// The sessions and programs that have expired after one time, up to another.
async fn expired(db: &Db, after: Millis, until: Millis) -> Result<(Vec<Session>, Vec<ProgramId>), Error> {
    let query = "SELECT person_id, expires_at, token_hash FROM sessions WHERE expires_at > $1 AND expires_at <= $2";
    let sessions: Vec<(Uuid, Millis, Vec<u8>)> =
        sqlx::query_as(query).bind(after).bind(until).fetch_all(&db.read).await?;
    let query = sqlx::query_scalar("SELECT id FROM programs WHERE until > $1 AND until <= $2");
    let programs: Vec<Uuid> = query.bind(after).bind(until).fetch_all(&db.read).await?;
    let stored = |(person, expires_at, hash)| Session::stored(PersonId(person), expires_at, hash);
    Ok((sessions.into_iter().map(stored).collect(), programs.into_iter().map(ProgramId).collect()))
}
