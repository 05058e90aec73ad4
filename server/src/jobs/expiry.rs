//! Ends connections with an expired session or program token.

use crate::realtime::broadcasts::Broadcasts;
use common::{Code, connections::SessionEnded};
use std::time::Duration;
use store::{clock, db::Db, sessions::expired::expired};
use tokio::time::MissedTickBehavior;

/// Interval of the check. An expiry takes effect within a second.
const EVERY: Duration = Duration::from_millis(500);

/// Ends connections on expiry, for as long as the server runs. Admission refuses what has expired before.
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
            // The next check starts at the same time again.
            Err(error) => drop(error.into_refusal()),
        }
    }
}
