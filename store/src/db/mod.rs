//! The database: SQLite in the data folder, one connection that writes and a few that read.

mod group;

pub use group::Transaction;

use anyhow::Context;
use common::{PersonId, ServerEvent};
use group::Group;
use sqlx::{
    Connection, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, mpsc};

/// Commits whose events may wait to be announced; then writers wait, too.
const UNPUBLISHED: usize = 256;

/// What a commit has to tell, in the order of the log.
pub type Committed = mpsc::Receiver<Vec<PendingEvent>>;

/// An event that is to be announced.
#[derive(Clone, Debug, PartialEq)]
pub struct PendingEvent {
    pub event: ServerEvent,
    /// The person whose own devices it is for; `None` for all whom the event concerns.
    pub only: Option<PersonId>,
}

/// When a change counts as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// When it is on the disk.
    Full,
    /// When the operating system has it.
    Normal,
}

/// Handles to the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    /// For queries that change nothing. WAL lets them run beside the writer.
    pub read: SqlitePool,
    group: Group,
    /// Told at each commit that has something to announce.
    changed: Arc<Notify>,
    membership_changes: Arc<AtomicU64>,
}

impl Db {
    /// Opens `hubbub.db` in the folder, makes it when it is not there, and brings its tables up to
    /// date. What commits have to announce comes out of the second value, in order.
    ///
    /// # Errors
    /// When the folder cannot be written, or the file is not a database of this or an earlier version.
    pub async fn open(folder: &Path, durability: Durability) -> anyhow::Result<(Self, Committed)> {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the data folder {}", folder.display()))?;
        let file = folder.join("hubbub.db");
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(match durability {
                Durability::Full => SqliteSynchronous::Full,
                Durability::Normal => SqliteSynchronous::Normal,
            })
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let mut writer = SqliteConnection::connect_with(&options)
            .await
            .with_context(|| format!("cannot open the database {}", file.display()))?;
        sqlx::migrate!().run(&mut writer).await.context("cannot bring the database's tables up to date")?;
        let read = SqlitePoolOptions::new().max_connections(4).connect_lazy_with(options.read_only(true));
        let (publisher, committed) = mpsc::channel(UNPUBLISHED);
        let changed = Arc::new(Notify::new());
        let membership_changes = Arc::new(AtomicU64::new(0));
        let group = Group::new(writer, publisher, changed.clone(), membership_changes.clone());
        Ok((Self { read, group, changed, membership_changes }, committed))
    }

    /// Begins a transaction on the only connection that writes; waits for the one before it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self) -> sqlx::Result<Transaction> {
        self.group.begin().await
    }

    /// How many commits have changed who is in a room. A commit counts before it is acknowledged, so a
    /// membership that was found at a number holds as long as the number is the same.
    pub fn membership_changes(&self) -> u64 {
        self.membership_changes.load(Ordering::SeqCst)
    }

    /// Waits for a commit that announces something, one that was not waited for yet, or for the end.
    /// For one who waits.
    pub async fn changed_or_closed(&self) {
        tokio::select! {
            () = self.changed.notified() => {}
            () = self.read.close_event() => {}
        }
    }

    /// Finishes what is running and closes every connection.
    pub async fn close(&self) {
        self.read.close().await;
        self.group.close().await;
    }
}

/// Whether this is a unique index saying no.
pub fn is_taken(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.is_unique_violation())
}

/// Whether there is no room left on the disk (SQLITE_FULL), or too little to write the log of
/// changes (an extended code of SQLITE_IOERR that tells of a write or of a file's size).
pub fn is_full(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code()).and_then(|code| code.parse::<u32>().ok());
    // SQLITE_FULL; SQLITE_IOERR_WRITE, _FSYNC, _TRUNCATE, _SHMSIZE: sqlite.org/rescode.html
    code.is_some_and(|code| matches!(code, 13 | 778 | 1034 | 1546 | 4874))
}
