//! What nobody needs any more is removed: files of deleted messages, uploads that were never posted,
//! pictures of old previews, content that a crash has left without a row.

use super::{Files, storage::ContentHash, store};
use crate::{error::Error, previews};
use std::time::Duration;

/// How often it is looked for what has waited too long.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Sweeps when told to, and every hour.
pub(super) async fn keep_tidy(files: Files) {
    if let Err(error) = files.remove_strays().await {
        tracing::warn!(refusal = %error.into_refusal(), "content without a file could not be looked for");
    }
    let mut hours = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = hours.tick() => {}
            () = files.0.something_to_sweep.notified() => {}
        }
        if let Err(error) = files.sweep().await {
            tracing::warn!(refusal = %error.into_refusal(), "old files could not be removed; they are tried again");
        }
    }
}

impl Files {
    /// Removes the files whose time has come: first their rows, then what was in them.
    async fn sweep(&self) -> Result<(), Error> {
        for file in store::expired(&self.0.db).await? {
            let _settling = self.0.settling.lock().await;
            store::forget(&self.0.db, file.id).await?;
            for content in file.contents {
                self.remove_unused(content).await?;
            }
        }
        for picture in previews::store::forget_old(&self.0.db).await? {
            self.let_go(picture).await?;
        }
        Ok(())
    }

    /// Removes content that no row knows of: a crash came between the two.
    async fn remove_strays(&self) -> Result<(), Error> {
        for content in self.0.storage.contents().await? {
            let _settling = self.0.settling.lock().await;
            self.remove_unused(content).await?;
        }
        Ok(())
    }

    /// Removes content, unless a file has it. Whoever calls this is settling.
    pub(super) async fn remove_unused(&self, content: ContentHash) -> Result<(), Error> {
        if !store::is_used(&self.0.db, content).await? {
            self.0.storage.remove(content).await?;
        }
        Ok(())
    }
}
