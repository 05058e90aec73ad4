//! Retention: deletes expired messages of rooms with a retention period, as if their authors had deleted them.
//! A trace stays; texts, files and earlier versions disappear.

use common::Millis;
use std::{sync::Arc, time::Duration};
use store::{clock, db::Db, files::Files, retention};
use tokio::sync::Notify;

/// Interval of the sweep.
const EVERY: Duration = Duration::from_secs(10 * 60);

/// Requests a sweep; cheap to clone.
#[derive(Clone, Default)]
pub struct Retention(Arc<Notify>);

impl Retention {
    /// Requests a sweep for expired messages.
    pub fn sweep_soon(&self) {
        self.0.notify_one();
    }

    /// Sweeps every ten minutes and on request, for as long as the server runs.
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

/// Deletes messages that have expired at `now`.
pub async fn sweep(db: &Db, files: &Files, now: Millis) {
    let mut deleted = 0;
    loop {
        match retention::delete_some(db, now).await {
            Ok(0) => break,
            Ok(some) => deleted += some,
            // The database is closed, or its disk is full. The next sweep tries again.
            Err(error) => return drop(error.into_refusal()),
        }
    }
    if deleted > 0 {
        tracing::info!(deleted, "the sweep deleted expired messages");
        files.sweep_soon();
    }
}
