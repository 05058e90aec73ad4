//! The database: SQLite in the data folder, one connection that writes and a few that read.

use anyhow::Context;
use sqlx::{
    Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, time::Duration};

/// Handles to the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    /// For queries that change nothing. WAL lets them run beside the writer.
    pub read: SqlitePool,
    write: SqlitePool,
}

impl Db {
    /// Opens `hubbub.db` in the folder, makes it when it is not there, and brings its tables up to date.
    ///
    /// # Errors
    /// When the folder cannot be written, or the file is not a database of this or an earlier version.
    pub async fn open(folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the data folder {}", folder.display()))?;
        let file = folder.join("hubbub.db");
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let pool = |connections| SqlitePoolOptions::new().max_connections(connections);
        let write = pool(1)
            .connect_with(options.clone())
            .await
            .with_context(|| format!("cannot open the database {}", file.display()))?;
        sqlx::migrate!().run(&write).await.context("cannot bring the database's tables up to date")?;
        let read = pool(4).connect_lazy_with(options.read_only(true));
        Ok(Self { read, write })
    }

    /// Begins a transaction on the only connection that writes; waits for the one before it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        self.write.begin_with("BEGIN IMMEDIATE").await
    }

    /// Finishes what is running and closes every connection.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

/// Whether this is a unique index saying no.
pub fn is_taken(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.is_unique_violation())
}
