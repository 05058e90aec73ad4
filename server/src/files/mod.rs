//! Files: uploaded over HTTP, attached to messages, read by the members of the room.
//!
//! What is in a file is on disk under the SHA-256 of its content ([`storage`]), so the same content
//! is there once; who may see it, and under which name, is in the database ([`store`]). Content comes
//! before its row and goes after it: a crash in between leaves content without a row, which the next
//! start removes ([`sweep`]).

pub mod download;
mod images;
mod kinds;
mod small;
pub mod storage;
pub mod store;
mod sweep;
pub mod upload;

pub use small::Small;

use crate::{config::Config, db::Db, middleware::event::Rates};
use std::sync::Arc;
use storage::Storage;
use tokio::sync::{Mutex, Notify, Semaphore};

/// Pictures that are made anew at the same time. Each may take some hundred megabytes.
const IMAGES_AT_ONCE: usize = 1;

/// The files of this server; cheap to clone.
#[derive(Clone)]
pub struct Files(Arc<Parts>);

struct Parts {
    db: Db,
    config: Arc<Config>,
    rates: Arc<Rates>,
    storage: Storage,
    images: Semaphore,
    /// Held from the look whether content is in use until it is there, or gone.
    settling: Mutex<()>,
    something_to_sweep: Notify,
}

impl Files {
    /// Opens the folder for files, and begins to remove what nobody needs any more.
    ///
    /// # Errors
    /// When the folder cannot be written, or the database does not answer.
    pub async fn open(db: Db, config: Arc<Config>, rates: Arc<Rates>) -> anyhow::Result<Self> {
        let used = store::stored_bytes(&db).await?;
        let storage = Storage::open(&config.data.path.join("files"), used).await?;
        let files = Self(Arc::new(Parts {
            db,
            config,
            rates,
            storage,
            images: Semaphore::new(IMAGES_AT_ONCE),
            settling: Mutex::new(()),
            something_to_sweep: Notify::new(),
        }));
        tokio::spawn(sweep::keep_tidy(files.clone()));
        Ok(files)
    }

    /// Has the files of deleted messages removed from disk, soon.
    pub fn sweep_soon(&self) {
        self.0.something_to_sweep.notify_one();
    }
}
