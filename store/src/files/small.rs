//! Small copies of remote pictures, in the same storage as uploads.

use crate::{
    blobs::ContentHash,
    error::Error,
    files::{
        Files,
        images::{self, Written},
        kinds::{self, FileType},
    },
};

/// A small copy of a picture, without its final name: see [`Files::settled`].
pub struct Small {
    pub written: Written,
    pub media_type: &'static str,
    pub width: u32,
    pub height: u32,
}

impl Files {
    /// Makes a copy of a picture within `most` pixels in either direction. Returns `None` if the decoder
    /// cannot read it, or if the storage is full.
    ///
    /// # Errors
    /// Returns an error if the worker thread fails.
    pub async fn small_copy(&self, bytes: Vec<u8>, most: u32) -> Result<Option<Small>, Error> {
        let head = &bytes[..bytes.len().min(kinds::LOOKED_AT)];
        let FileType::Picture(format) = kinds::kind_of(head) else { return Ok(None) };
        if self.0.storage.used() >= self.0.limits.storage {
            return Ok(None);
        }
        let _turn = self.0.images.acquire().await.map_err(anyhow::Error::new)?;
        let storage = self.0.storage.clone();
        let made = tokio::task::spawn_blocking(move || images::small_copy(&storage, &bytes, format, most)).await;
        match made.map_err(anyhow::Error::new)? {
            Ok(small) => Ok(Some(small)),
            Err(error) => {
                tracing::debug!(error = format!("{error:#}"), "the decoder cannot read this picture");
                Ok(None)
            }
        }
    }

    /// Removes content that has no user.
    ///
    /// # Errors
    /// Returns an error if the database or the disk fails.
    pub async fn let_go(&self, content: ContentHash) -> Result<(), Error> {
        let _settling = self.0.settling.lock().await;
        self.remove_unused(content).await
    }
}
