//! Retention: messages of rooms that keep them for some days only are deleted when they are older, as if
//! their authors had done it: a trace is left, and the texts, files and earlier versions are gone.

use common::Millis;
use std::{sync::Arc, time::Duration};
use store::{clock, db::Db, files::Files, retention};
use tokio::sync::Notify;

/// How often messages that have become too old are looked for.
const EVERY: Duration = Duration::from_secs(10 * 60);

/// Asks for a sweep; cheap to clone.
#[derive(Clone, Default)]
pub struct Retention(Arc<Notify>);

impl Retention {
    /// Has messages that are too old deleted soon.
    pub fn sweep_soon(&self) {
        self.0.notify_one();
    }

    /// Sweeps every ten minutes, and when asked to, for as long as the server runs.
    pub async fn run(self, db: Db, files: Files) {
        let mut turns = tokio::time::interval(EVERY);
        loop {
            tokio::select! {
                _ = turns.tick() => {}
                () = self.0.notified() => {}
            }
            sweep(&db, &files, clock::now()).await;
        }
    }
}

/// Deletes messages that are too old at `now`.
pub async fn sweep(db: &Db, files: &Files, now: Millis) {
    let mut deleted = 0;
    loop {
        match retention::delete_some(db, now).await {
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
