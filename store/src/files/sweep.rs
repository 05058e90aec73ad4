//! Removes unused content: files of deleted messages, uploads without a message, pictures of old previews,
//! and content without a row after a crash.

use crate::{
    blobs::ContentHash,
    error::Error,
    files::{self, Files},
    previews,
};

impl Files {
    /// Removes expired files: first their rows, then their content.
    ///
    /// # Errors
    /// Returns an error if the database or the disk fails.
    pub async fn sweep(&self) -> Result<(), Error> {
        for file in files::verbs::expired(&self.0.db).await? {
            let _settling = self.0.settling.lock().await;
            files::verbs::forget(&self.0.db, file.id).await?;
            for content in file.contents {
                self.remove_unused(content).await?;
            }
        }
        for picture in previews::forget_old(&self.0.db).await? {
            self.let_go(picture).await?;
        }
        Ok(())
    }

    /// Removes content without a row, which a crash can leave.
    ///
    /// # Errors
    /// Returns an error if the database or the disk fails.
    pub async fn remove_strays(&self) -> Result<(), Error> {
        for content in self.0.storage.contents().await? {
            let _settling = self.0.settling.lock().await;
            self.remove_unused(content).await?;
        }
        Ok(())
    }

    /// Removes content that no file uses. The caller must hold the `settling` lock.
    pub(super) async fn remove_unused(&self, content: ContentHash) -> Result<(), Error> {
        if !files::verbs::is_used(&self.0.db, content).await? {
            self.0.storage.remove(content).await?;
        }
        Ok(())
    }
}
