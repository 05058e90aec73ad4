//! Files: attached to messages, read by the members of the room.
//!
//! A file's content is on disk under its SHA-256 ([`crate::blobs`]), so equal contents are stored
//! once; who may see it, and under which name, is in the database ([`verbs`]). Content is written
//! before its row and removed after it: a crash in between leaves content without a row, which the
//! next start removes ([`sweep`]).

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

/// Pictures that are re-encoded at the same time. Each may take some hundred megabytes.
const IMAGES_AT_ONCE: usize = 1;

/// The most bytes that are stored.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of one file.
    pub file: u64,
    /// Of all files.
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
    /// Held from the check whether content is in use until it is there, or gone.
    settling: Mutex<()>,
    something_to_sweep: Notify,
}

impl Files {
    /// Opens the folder for files, or creates it.
    ///
    /// # Errors
    /// When the folder cannot be written, or the database does not answer.
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

    /// Where content is on disk.
    pub fn path(&self, content: ContentHash) -> PathBuf {
        self.0.storage.path(content)
    }

    /// Has the files of deleted messages removed from disk, soon.
    pub fn sweep_soon(&self) {
        self.0.something_to_sweep.notify_one();
    }

    /// Waits until [`Files::sweep_soon`] is called.
    pub async fn sweep_requested(&self) {
        self.0.something_to_sweep.notified().await;
    }
}
