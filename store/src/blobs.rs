//! Content-addressed storage: each file's name is the SHA-256 of its content. Only this module knows the
//! paths.
//!
//! New content goes into a temporary file, which its drop deletes. Only complete content, synced to the
//! disk, gets its final name.

use sha2::{Digest, Sha256};
use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::fs;

/// The SHA-256 of a file's content.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// Returns the hash of the bytes that the hasher received.
    pub fn of(hasher: Sha256) -> Self {
        Self(hasher.finalize().into())
    }

    /// Reads a stored hash; `None` if the bytes have the wrong length.
    pub fn stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn named(name: &str) -> Option<Self> {
        let digit = |at| u8::from_str_radix(name.get(at..at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..32).map(|byte| digit(byte * 2)).collect();
        Self::stored(&bytes?).filter(|_| name.len() == 64)
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The content folder; cheap to clone.
#[derive(Clone)]
pub struct Storage {
    folder: Arc<Path>,
    /// Bytes of all content, including unfinished files.
    used: Arc<AtomicU64>,
}

impl Storage {
    /// Opens or creates the folder. Deletes unfinished files of an earlier run. `used` is the size of the
    /// stored content in bytes.
    ///
    /// # Errors
    /// Returns an error if the folder is not writable.
    pub async fn open(folder: &Path, used: u64) -> io::Result<Self> {
        let storage = Self { folder: folder.into(), used: Arc::new(used.into()) };
        match fs::remove_dir_all(storage.unfinished()).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::create_dir_all(storage.unfinished()).await?;
        Ok(storage)
    }

    fn unfinished(&self) -> PathBuf {
        self.folder.join("unfinished")
    }

    /// Returns the path of content. Subfolders split the content by the first digits of its hash.
    pub fn path(&self, content: ContentHash) -> PathBuf {
        let name = content.to_string();
        self.folder.join(&name[..2]).join(name)
    }

    /// Returns the bytes of all content.
    pub fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }

    /// Creates a temporary file to write to.
    ///
    /// # Errors
    /// Returns an error if the file cannot be created.
    pub fn begin(&self) -> io::Result<(Unfinished, std::fs::File)> {
        let path = self.unfinished().join(uuid::Uuid::new_v4().simple().to_string());
        let file = std::fs::File::create_new(&path)?;
        Ok((Unfinished { path, size: 0, used: self.used.clone(), is_kept: false }, file))
    }

    /// Renames a complete, synced file to its content's name.
    ///
    /// # Errors
    /// Returns an error if the disk write fails; then no file stays.
    pub async fn keep(&self, mut unfinished: Unfinished, content: ContentHash) -> io::Result<()> {
        let path = self.path(content);
        if fs::try_exists(&path).await? {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).await?;
        fs::rename(&unfinished.path, &path).await?;
        unfinished.is_kept = true;
        fs::File::open(folder).await?.sync_all().await
    }

    /// Removes content. Succeeds if the content does not exist.
    ///
    /// # Errors
    /// Returns an error if the disk refuses.
    pub async fn remove(&self, content: ContentHash) -> io::Result<()> {
        let path = self.path(content);
        let size = match fs::metadata(&path).await {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let less = |used: u64| Some(used.saturating_sub(size));
        self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).ok();
        let removed = fs::remove_file(&path).await;
        if removed.is_err() {
            self.used.fetch_add(size, Ordering::Relaxed);
        }
        removed
    }

    /// Returns the hashes of all content, folder by folder.
    ///
    /// # Errors
    /// Returns an error if the folder is not readable.
    pub async fn contents(&self) -> io::Result<Vec<ContentHash>> {
        let mut found = Vec::new();
        let mut folders = fs::read_dir(&self.folder).await?;
        while let Some(folder) = folders.next_entry().await? {
            if folder.file_name().len() != 2 {
                continue;
            }
            let mut files = fs::read_dir(folder.path()).await?;
            while let Some(file) = files.next_entry().await? {
                found.extend(file.file_name().to_str().and_then(ContentHash::named));
            }
        }
        Ok(found)
    }
}

/// A file during its upload. Its drop deletes it.
pub struct Unfinished {
    path: PathBuf,
    size: u64,
    used: Arc<AtomicU64>,
    is_kept: bool,
}

impl Unfinished {
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds the written bytes to the used size.
    pub fn grown(&mut self, bytes: u64) {
        self.size += bytes;
        self.used.fetch_add(bytes, Ordering::Relaxed);
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if self.is_kept {
            return;
        }
        self.used.fetch_sub(self.size, Ordering::Relaxed);
        // The call is short, and no caller waits for it.
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::warn!(%error, "cannot remove an unfinished file");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    async fn written(storage: &Storage, text: &str) -> (Unfinished, ContentHash) {
        let (mut unfinished, mut file) = storage.begin().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        unfinished.grown(text.len() as u64);
        (unfinished, ContentHash::of(Sha256::new_with_prefix(text)))
    }

    #[tokio::test]
    async fn equal_content_is_stored_and_counted_once() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::open(folder.path(), 0).await.unwrap();
        for _ in 0..2 {
            let (unfinished, content) = written(&storage, "Note G").await;
            storage.keep(unfinished, content).await.unwrap();
            assert_eq!(std::fs::read(storage.path(content)).unwrap(), b"Note G");
            assert_eq!((storage.used(), storage.contents().await.unwrap().len()), (6, 1));
        }
        storage.remove(ContentHash::of(Sha256::new_with_prefix("Note G"))).await.unwrap();
        assert_eq!((storage.used(), storage.contents().await.unwrap().len()), (0, 0));
    }

    #[tokio::test]
    async fn an_unfinished_file_leaves_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::open(folder.path(), 0).await.unwrap();
        let (unfinished, _) = written(&storage, "Note").await;
        assert_eq!(storage.used(), 4);
        drop(unfinished);
        assert_eq!(storage.used(), 0);
        assert_eq!(std::fs::read_dir(storage.unfinished()).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn the_next_start_removes_unfinished_files() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::open(folder.path(), 0).await.unwrap();
        std::mem::forget(written(&storage, "Half a n").await);
        let storage = Storage::open(folder.path(), 0).await.unwrap();
        assert_eq!(std::fs::read_dir(storage.unfinished()).unwrap().count(), 0);
    }
}
