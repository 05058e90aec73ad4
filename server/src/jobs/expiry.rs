//! Ends connections whose session, or whose program's token, expires.

use crate::realtime::broadcasts::Broadcasts;
use common::{Code, connections::SessionEnded};
use std::time::Duration;
use store::{clock, db::Db, sessions::expired::expired};
use tokio::time::MissedTickBehavior;

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
