//! Files: attachments of messages, for the members of the room.
//!
//! A file's content is on disk under its SHA-256 ([`crate::blobs`]), so equal content is stored once. The
//! database has the names and the permissions ([`verbs`]). The content is written before its row and
//! removed after it. A crash between the two leaves content without a row, which the next start removes
//! ([`sweep`]).

mod images;
pub mod kinds;
mod receive;
mod small;
mod sweep;
pub mod verbs;

pub use receive::Receiving;
pub use small::Small;

use crate::{
    blobs::{ContentHash, Storage},
    db::Db,
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::sync::{Mutex, Notify, Semaphore};

/// The number of concurrent re-encodings. Each may need some hundred megabytes.
const IMAGES_AT_ONCE: usize = 1;

/// The limits of stored bytes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most bytes of one file.
    pub file: u64,
    /// The most bytes of all files.
    pub storage: u64,
}

/// The files of this server; cheap to clone.
#[derive(Clone)]
pub struct Files(Arc<Parts>);

struct Parts {
    db: Db,
    limits: Limits,
    storage: Storage,
    images: Semaphore,
    /// Protects content from the check of its use until it is stored or removed.
    settling: Mutex<()>,
    something_to_sweep: Notify,
}

impl Files {
    /// Opens or creates the folder for files.
    ///
    /// # Errors
    /// Returns an error if the folder is not writable, or if the database fails.
    pub async fn open(db: Db, folder: &Path, limits: Limits) -> anyhow::Result<Self> {
        let used = verbs::stored_bytes(&db).await?;
        let storage = Storage::open(folder, used).await?;
        Ok(Self(Arc::new(Parts {
            db,
            limits,
            storage,
            images: Semaphore::new(IMAGES_AT_ONCE),
            settling: Mutex::new(()),
            something_to_sweep: Notify::new(),
        })))
    }

    /// Returns the path of content on disk.
    pub fn path(&self, content: ContentHash) -> PathBuf {
        self.0.storage.path(content)
    }

    /// Requests a sweep, which removes the files of deleted messages.
    pub fn sweep_soon(&self) {
        self.0.something_to_sweep.notify_one();
    }

    /// Waits until [`Files::sweep_soon`] is called.
    pub async fn sweep_requested(&self) {
        self.0.something_to_sweep.notified().await;
    }
}
