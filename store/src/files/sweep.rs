//! What nobody needs any more is removed: files of deleted messages, uploads that were never posted,
//! pictures of old previews, content that a crash has left without a row.

use crate::{
    blobs::ContentHash,
    error::Error,
    files::{self, Files},
    previews,
};

impl Files {
    /// Removes the files whose time has come: first their rows, then what was in them.
    ///
    /// # Errors
    /// When the database or the disk does not answer.
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

    /// Removes content that no row knows of: a crash came between the two.
    ///
    /// # Errors
    /// When the database or the disk does not answer.
    pub async fn remove_strays(&self) -> Result<(), Error> {
        for content in self.0.storage.contents().await? {
            let _settling = self.0.settling.lock().await;
            self.remove_unused(content).await?;
        }
        Ok(())
    }

    /// Removes content, unless a file has it. Whoever calls this is settling.
    pub(super) async fn remove_unused(&self, content: ContentHash) -> Result<(), Error> {
        if !files::verbs::is_used(&self.0.db, content).await? {
            self.0.storage.remove(content).await?;
        }
        Ok(())
    }
}
