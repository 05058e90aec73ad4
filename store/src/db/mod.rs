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

/// Back-pressure: the number of commits whose events may wait. Beyond it writers wait, too.
const UNPUBLISHED: usize = 256;

/// The events of each commit, in the order of the log.
pub type Committed = mpsc::Receiver<Vec<PendingEvent>>;

/// An event to publish after its commit.
#[derive(Clone, Debug, PartialEq)]
pub struct PendingEvent {
    pub event: ServerEvent,
    /// The only recipient; `None` for everyone whom the event concerns.
    pub only: Option<PersonId>,
}

/// The point at which a change counts as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// The disk has the change.
    Full,
    /// The operating system has the change.
    Normal,
}

/// Handles to the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    /// Connections for read-only queries. WAL lets them run beside the writer.
    pub read: SqlitePool,
    group: Group,
    /// Notified at each commit that has events.
    changed: Arc<Notify>,
    membership_changes: Arc<AtomicU64>,
}

impl Db {
    /// Opens or creates `hubbub.db` in the folder and runs the migrations. The second value receives the
    /// events of all commits, in order.
    ///
    /// # Errors
    /// Returns an error if the folder is not writable, or if a newer version wrote the file.
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

    /// Begins a transaction on the only connection that writes; waits for earlier ones.
    ///
    /// # Errors
    /// Returns an error if the database fails.
    pub async fn begin(&self) -> sqlx::Result<Transaction> {
        self.group.begin().await
    }

    /// Counts the commits that have changed memberships. The count rises before the acknowledgement. A
    /// membership that you read at a count is valid while the count stays the same.
    pub fn membership_changes(&self) -> u64 {
        self.membership_changes.load(Ordering::SeqCst)
    }

    /// Waits for the next commit with events, or for the close. Supports a single waiter, and remembers a
    /// commit that happened before the call.
    pub async fn changed_or_closed(&self) {
        tokio::select! {
            () = self.changed.notified() => {}
            () = self.read.close_event() => {}
        }
    }

    /// Finishes running work and closes all connections.
    pub async fn close(&self) {
        self.read.close().await;
        self.group.close().await;
    }
}

/// Returns whether the error is a violation of a unique index.
pub fn is_taken(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.is_unique_violation())
}

/// Returns whether the disk is full (SQLITE_FULL), or too full for the write-ahead log (an extended code of
/// SQLITE_IOERR about a write or a file size).
pub fn is_full(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code()).and_then(|code| code.parse::<u32>().ok());
    // SQLITE_FULL; SQLITE_IOERR_WRITE, _FSYNC, _TRUNCATE, _SHMSIZE: sqlite.org/rescode.html
    code.is_some_and(|code| matches!(code, 13 | 778 | 1034 | 1546 | 4874))
}
