//! The index file: SQLite's FTS5. A single connection writes; the readers attach the index to the database.

use crate::{
    columns,
    error::Error,
    search::grams::{self, Facts, Has},
};
use anyhow::Context;
use common::{
    Millis, Seq,
    files::{Attachment, FileKind},
};
use sqlx::{
    Connection, Executor, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{collections::HashMap, path::Path, time::Duration};
use uuid::Uuid;

/// The index format. A different version rebuilds the index.
const VERSION: i64 = 1;

/// The most messages with numbers in the same second; more use the next second's numbers.
const IN_A_SECOND: i64 = 4096;

/// - `names`: the numbers of rooms and people, and the indexed place of each room's log.
/// - `docs`: the message of each number in `grams`. Numbers increase with time, so a scan returns the
///   newest first without a sort.
/// - `grams`: the trigrams, without positions (`detail=none`) and without the text.
const TABLES: &str = "
    CREATE TABLE names (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, seq BIGINT NOT NULL DEFAULT 0);
    CREATE TABLE docs (doc INTEGER PRIMARY KEY, message_id BLOB NOT NULL UNIQUE);
    CREATE VIRTUAL TABLE grams USING fts5 (
        text, tokenize = 'trigram case_sensitive 1', detail = none, content = '', contentless_delete = 1
    );";

/// The search index for readers; cheap to clone.
#[derive(Clone)]
pub struct Index {
    /// Connections to the database, with the index attached as `found`.
    pub(super) read: SqlitePool,
}

/// A message to index.
#[derive(sqlx::FromRow)]
pub(super) struct Indexed {
    pub id: Uuid,
    pub room_id: Uuid,
    pub author_id: Uuid,
    pub text: String,
    pub attachments: Option<String>,
    pub at: Millis,
    pub is_deleted: bool,
}

impl Index {
    /// Opens or creates the index in the data folder; also returns its writer.
    ///
    /// # Errors
    /// Returns an error if the folder is not writable.
    pub async fn open(folder: &Path) -> anyhow::Result<(Self, Writer)> {
        let file = folder.join("search.db");
        let writer = match Writer::open(&file).await {
            Ok(writer) => writer,
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), "rebuilding the unusable search index");
                for end in ["", "-wal", "-shm"] {
                    // The file may not exist.
                    std::fs::remove_file(folder.join(format!("search.db{end}"))).ok();
                }
                Writer::open(&file).await?
            }
        };
        let options = SqliteConnectOptions::new()
            .filename(folder.join("hubbub.db"))
            .read_only(true)
            .busy_timeout(Duration::from_secs(5));
        let attached = file.display().to_string();
        let read = SqlitePoolOptions::new()
            .max_connections(2)
            .after_connect(move |connection, _| {
                let attach = sqlx::query("ATTACH DATABASE $1 AS found").bind(attached.clone());
                Box::pin(async move { attach.execute(connection).await.map(drop) })
            })
            .connect_lazy_with(options);
        Ok((Self { read }, writer))
    }

    /// Stops all searches.
    pub async fn close(&self) {
        self.read.close().await;
    }
}

/// The only writer of the index.
pub struct Writer {
    connection: SqliteConnection,
    /// Numbers of rooms and people.
    numbers: HashMap<Uuid, u32>,
    /// The indexed place of each room's log.
    pub(super) places: HashMap<Uuid, Seq>,
}

impl Writer {
    async fn open(file: &Path) -> anyhow::Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(5));
        let mut connection = SqliteConnection::connect_with(&options)
            .await
            .with_context(|| format!("cannot open the search index {}", file.display()))?;
        let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut connection).await?;
        match version {
            VERSION => {}
            0 => {
                connection.execute(TABLES).await?;
                connection.execute(sqlx::AssertSqlSafe(format!("PRAGMA user_version = {VERSION}"))).await?;
            }
            other => {
                connection.close().await?;
                anyhow::bail!("it is of version {other}");
            }
        }
        let names: Vec<(u32, Uuid, Seq)> =
            sqlx::query_as("SELECT number, id, seq FROM names").fetch_all(&mut connection).await?;
        let places = names.iter().map(|(_, id, seq)| (*id, *seq)).collect();
        let numbers = names.into_iter().map(|(number, id, _)| (id, number)).collect();
        Ok(Self { connection, numbers, places })
    }

    /// Indexes the current state of messages and records the room's place, in a single transaction.
    pub(super) async fn take_in(&mut self, room: Uuid, messages: &[Indexed], place: Seq) -> Result<(), Error> {
        let mut changes = Changes { connection: self.connection.begin().await?, numbers: &mut self.numbers };
        for message in messages {
            changes.take_in(message).await?;
        }
        let number = changes.number(room).await?;
        sqlx::query("UPDATE names SET seq = $2 WHERE number = $1")
            .bind(number)
            .bind(place)
            .execute(&mut *changes.connection)
            .await?;
        changes.connection.commit().await?;
        self.places.insert(room, place);
        Ok(())
    }

    /// Clears the number cache: after a rollback its numbers may not exist.
    pub(super) fn forget_numbers(&mut self) {
        self.numbers.clear();
    }

    pub(super) async fn close(self) {
        if let Err(error) = self.connection.close().await {
            tracing::warn!(%error, "cannot close the search index cleanly");
        }
    }
}

struct Changes<'a> {
    connection: sqlx::Transaction<'a, sqlx::Sqlite>,
    numbers: &'a mut HashMap<Uuid, u32>,
}

impl Changes<'_> {
    async fn take_in(&mut self, message: &Indexed) -> Result<(), Error> {
        let (doc, is_new) =
            if message.is_deleted { (self.known(message.id).await?, false) } else { self.doc(message).await? };
        let Some(doc) = doc else { return Ok(()) };
        if !is_new {
            sqlx::query("DELETE FROM grams WHERE rowid = $1").bind(doc).execute(&mut *self.connection).await?;
        }
        if message.is_deleted {
            sqlx::query("DELETE FROM docs WHERE doc = $1").bind(doc).execute(&mut *self.connection).await?;
            return Ok(());
        }
        let attachments: Vec<Attachment> = columns::json(message.attachments.as_deref())?;
        let facts = Facts {
            room: self.number(message.room_id).await?,
            author: self.number(message.author_id).await?,
            has: things_in(&message.text, &attachments),
        };
        sqlx::query("INSERT INTO grams (rowid, text) VALUES ($1, $2)")
            .bind(doc)
            .bind(grams::written(&sought_in(&message.text, &attachments), &facts))
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn known(&mut self, message: Uuid) -> sqlx::Result<Option<i64>> {
        let query = sqlx::query_scalar("SELECT doc FROM docs WHERE message_id = $1").bind(message);
        query.fetch_optional(&mut *self.connection).await
    }

    /// Returns a message's number, and whether it is new.
    async fn doc(&mut self, message: &Indexed) -> sqlx::Result<(Option<i64>, bool)> {
        let mut first = first_doc(message.at);
        loop {
            let given: Option<i64> = sqlx::query_scalar(
                "INSERT INTO docs (doc, message_id)
                 VALUES ((SELECT coalesce(max(doc) + 1, $1) FROM docs WHERE doc >= $1 AND doc < $1 + $2), $3)
                 ON CONFLICT DO NOTHING RETURNING doc",
            )
            .bind(first)
            .bind(IN_A_SECOND)
            .bind(message.id)
            .fetch_optional(&mut *self.connection)
            .await?;
            if given.is_some() {
                return Ok((given, true));
            }
            let known = self.known(message.id).await?;
            if known.is_some() {
                return Ok((known, false));
            }
            // That second is full.
            first += IN_A_SECOND;
        }
    }

    async fn number(&mut self, id: Uuid) -> sqlx::Result<u32> {
        if let Some(number) = self.numbers.get(&id) {
            return Ok(*number);
        }
        let query = "INSERT INTO names (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET id = id RETURNING number";
        let number = sqlx::query_scalar(query).bind(id).fetch_one(&mut *self.connection).await?;
        self.numbers.insert(id, number);
        Ok(number)
    }
}

/// Returns the first possible number of a time.
pub(super) fn first_doc(at: Millis) -> i64 {
    at.clamp(0, Millis::MAX / IN_A_SECOND) / 1000 * IN_A_SECOND
}

/// Returns a message's searchable text: its text and the names of its files.
pub(super) fn sought_in(text: &str, attachments: &[Attachment]) -> String {
    let names = attachments.iter().map(|attachment| attachment.name.as_str());
    std::iter::once(text).filter(|text| !text.is_empty()).chain(names).collect::<Vec<_>>().join("\n")
}

/// Returns the features of a message.
fn things_in(text: &str, attachments: &[Attachment]) -> Vec<Has> {
    let has_link = text.contains("https://") || text.contains("http://");
    let has_image = attachments.iter().any(|attachment| attachment.kind == FileKind::Image);
    let all = [(has_link, Has::Link), (!attachments.is_empty(), Has::File), (has_image, Has::Image)];
    all.into_iter().filter_map(|(is_so, has)| is_so.then_some(has)).collect()
}
