//! Garbage collection: removes files of deleted messages, uploads without a message, pictures of old previews,
//! and content without a row after a crash.

use std::time::Duration;
use store::files::Files;

/// Interval of the sweep.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Sweeps on request and every hour, for as long as the server runs.
pub async fn keep_tidy(files: Files) {
    if let Err(error) = files.remove_strays().await {
        tracing::warn!(refusal = %error.into_refusal(), "the sweep of content without a row failed");
    }
    let mut hours = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = hours.tick() => {}
            () = files.sweep_requested() => {}
        }
        if let Err(error) = files.sweep().await {
            tracing::warn!(refusal = %error.into_refusal(), "the sweep of old files failed; the next tries again");
        }
    }
}
