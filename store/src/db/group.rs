//! Group commit: waiting transactions share one `COMMIT`, and so one `fsync`.
//!
//! Each transaction is a savepoint in a transaction of the database. The first transaction of a group
//! queues a commit for the connection, behind the current waiters. The commit covers all transactions that
//! ran before it. Callers get their answer only after the commit returns.
//!
//! A transaction sees uncommitted changes of its group, which may still roll back. An answer that depends
//! on what it reads must therefore also go through [`Transaction::commit`].

use crate::{db::PendingEvent, error::Error, failpoints};
use common::{PersonId, ServerEvent};
use sqlx::{Connection, Executor, SqliteConnection};
use std::{
    mem,
    ops::{Deref, DerefMut},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Mutex, Notify, OwnedMutexGuard, mpsc, oneshot};

#[derive(Clone)]
pub(super) struct Group {
    /// A fair (FIFO) lock.
    writer: Arc<Mutex<Writer>>,
}

struct Writer {
    /// `None` after close.
    connection: Option<SqliteConnection>,
    /// `None` after close.
    publisher: Option<mpsc::Sender<Vec<PendingEvent>>>,
    changed: Arc<Notify>,
    membership_changes: Arc<AtomicU64>,
    /// Whether a database transaction is open.
    is_open: bool,
    /// Whether the last savepoint belongs to a member. The next statement releases it, because each
    /// separate statement costs two thread switches.
    is_kept: bool,
    /// The savepoints that wait for the commit.
    members: Vec<Member>,
    #[cfg(test)]
    commits: usize,
}

struct Member {
    outcome: oneshot::Sender<Result<(), Arc<sqlx::Error>>>,
    pending_events: Vec<PendingEvent>,
}

impl Group {
    pub(super) fn new(
        connection: SqliteConnection,
        publisher: mpsc::Sender<Vec<PendingEvent>>,
        changed: Arc<Notify>,
        membership_changes: Arc<AtomicU64>,
    ) -> Self {
        let writer = Writer {
            connection: Some(connection),
            publisher: Some(publisher),
            changed,
            membership_changes,
            is_open: false,
            is_kept: false,
            members: Vec::new(),
            #[cfg(test)]
            commits: 0,
        };
        Self { writer: Arc::new(Mutex::new(writer)) }
    }

    pub(super) async fn begin(&self) -> sqlx::Result<Transaction> {
        let writer = self.writer.clone().lock_owned().await;
        let mut transaction = Transaction { group: self.clone(), writer: Some(writer), pending_events: Vec::new() };
        // From here on `drop` cleans up after a failure or a cancelled caller.
        transaction.writer()?.begin().await?;
        Ok(transaction)
    }

    /// Commits after the current waiters of the lock.
    fn commit_in_turn(&self) {
        let group = self.clone();
        // The handle is dropped: a panic here drops the outcomes, and every caller gets an error.
        tokio::spawn(async move {
            if failpoints::is_enabled(failpoints::ACKNOWLEDGE_EARLY) {
                tokio::time::sleep(Duration::from_millis(150)).await;
            }
            group.writer.lock().await.commit().await;
        });
    }

    pub(super) async fn close(&self) {
        let mut writer = self.writer.lock().await;
        writer.commit().await;
        writer.publisher = None;
        if let Some(connection) = writer.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "cannot close the database cleanly");
        }
    }
}

impl Writer {
    fn connection(&mut self) -> sqlx::Result<&mut SqliteConnection> {
        self.connection.as_mut().ok_or(sqlx::Error::PoolClosed)
    }

    async fn begin(&mut self) -> sqlx::Result<()> {
        let begin = match (self.is_open, self.is_kept) {
            (false, _) => "BEGIN IMMEDIATE; SAVEPOINT change",
            (true, true) => "RELEASE change; SAVEPOINT change",
            (true, false) => "SAVEPOINT change",
        };
        // The database finishes this even if the caller is cancelled.
        (self.is_open, self.is_kept) = (true, false);
        let begun = self.connection()?.execute(begin).await;
        self.is_kept = begun.is_err();
        begun.map(drop)
    }

    /// Rolls back one transaction. The others of the group stay, unless the database has rolled back
    /// everything, as it may on a full disk.
    async fn roll_back(&mut self) -> sqlx::Result<()> {
        if self.is_kept {
            return Err(sqlx::Error::Protocol("the last savepoint belongs to another transaction".into()));
        }
        self.connection()?.execute("ROLLBACK TO change; RELEASE change").await?;
        Ok(())
    }

    /// Commits the group and answers its members. A COMMIT releases all savepoints.
    async fn commit(&mut self) {
        if !mem::take(&mut self.is_open) {
            return;
        }
        self.is_kept = false;
        let pending_events: Vec<PendingEvent> =
            self.members.iter_mut().flat_map(|member| mem::take(&mut member.pending_events)).collect();
        // Reserve a slot for the events first: the server acknowledges only what it will publish.
        let publisher = self.publisher.clone();
        let place = match &publisher {
            Some(publisher) => publisher.reserve().await.ok(),
            None => None,
        };
        let Some(place) = place else {
            return self.give_up(sqlx::Error::Protocol("the relay has ended: nothing can be published".into())).await;
        };
        let Ok(connection) = self.connection() else { return };
        if let Err(error) = connection.execute("COMMIT").await {
            return self.give_up(error).await;
        }
        #[cfg(test)]
        {
            self.commits += 1;
        }
        if pending_events
            .iter()
            .any(|pending| matches!(pending.event, ServerEvent::MemberJoined(_) | ServerEvent::MemberLeft(_)))
        {
            self.membership_changes.fetch_add(1, Ordering::SeqCst);
        }
        for member in self.members.drain(..) {
            // A cancelled caller does not wait for the outcome.
            member.outcome.send(Ok(())).ok();
        }
        if !pending_events.is_empty() {
            self.changed.notify_one();
            place.send(pending_events);
        }
    }

    /// Rolls back the whole group and returns the error to each member.
    async fn give_up(&mut self, error: sqlx::Error) {
        (self.is_open, self.is_kept) = (false, false);
        if let Ok(connection) = self.connection()
            && let Err(error) = connection.execute("ROLLBACK").await
        {
            tracing::debug!(%error, "the rollback had nothing to undo");
        }
        let error = Arc::new(error);
        for member in self.members.drain(..) {
            member.outcome.send(Err(error.clone())).ok();
        }
    }
}

/// An atomic change to the database. Without [`Transaction::commit`] it rolls back.
pub struct Transaction {
    group: Group,
    /// `None` after the end of the transaction.
    writer: Option<OwnedMutexGuard<Writer>>,
    pending_events: Vec<PendingEvent>,
}

impl Transaction {
    fn writer(&mut self) -> sqlx::Result<&mut Writer> {
        self.writer.as_deref_mut().ok_or(sqlx::Error::PoolClosed)
    }

    /// Publishes an event after the commit, in commit order.
    pub fn publish(&mut self, event: ServerEvent) {
        self.pending_events.push(PendingEvent { event, only: None });
    }

    /// Publishes an event after the commit, only to a person's own devices.
    pub fn publish_to(&mut self, person: PersonId, event: ServerEvent) {
        self.pending_events.push(PendingEvent { event, only: Some(person) });
    }

    /// Returns when the change is on disk.
    ///
    /// # Errors
    /// Returns an error if the commit fails; then nothing is stored.
    pub async fn commit(mut self) -> Result<(), Error> {
        let (outcome, stored) = oneshot::channel();
        let pending_events = mem::take(&mut self.pending_events);
        if let Some(mut writer) = self.writer.take() {
            writer.is_kept = true;
            writer.members.push(Member { outcome, pending_events });
            if writer.members.len() == 1 {
                self.group.commit_in_turn();
            }
        }
        if failpoints::is_enabled(failpoints::ACKNOWLEDGE_EARLY) {
            return Ok(());
        }
        match stored.await {
            Ok(outcome) => Ok(outcome.map_err(|error| Error::of_database(&error))?),
            Err(_) => Err(sqlx::Error::PoolClosed.into()),
        }
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let Some(mut writer) = self.writer.take() else { return };
        // Without a runtime the process is ending, and the database rolls back by itself.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            if let Err(error) = writer.roll_back().await {
                writer.give_up(error).await;
            } else if writer.members.is_empty() {
                writer.commit().await;
            }
        });
    }
}

impl Deref for Transaction {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        match self.writer.as_ref().and_then(|writer| writer.connection.as_ref()) {
            Some(connection) => connection,
            None => unreachable!("a transaction that can be used is not over"),
        }
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self.writer.as_mut().and_then(|writer| writer.connection.as_mut()) {
            Some(connection) => connection,
            None => unreachable!("a transaction that can be used is not over"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::db::Db;
    use crate::db::Durability;
    use common::{PersonId, ServerEvent, typing::TypingChanged};
    use futures::future::join_all;

    async fn counter(db: &Db) -> i64 {
        let counted = sqlx::query_scalar("SELECT name FROM workspace").fetch_optional(&db.read).await.unwrap();
        counted.map_or(0, |name: String| name.parse().unwrap())
    }

    /// Increments a counter in the workspace's name.
    async fn count(transaction: &mut super::Transaction) {
        let query = "INSERT INTO workspace (only, name, created_at) VALUES (1, '1', 0)
                     ON CONFLICT DO UPDATE SET name = CAST(name AS INTEGER) + 1";
        sqlx::query(query).execute(&mut **transaction).await.unwrap();
    }

    fn event(number: usize) -> ServerEvent {
        let room = common::RoomId(uuid::Uuid::from_u128(number as u128));
        ServerEvent::TypingChanged(TypingChanged {
            room,
            parent: None,
            person: PersonId(uuid::Uuid::nil()),
            typing: true,
        })
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn waiting_transactions_share_a_commit_and_publish_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let (db, mut committed) = Db::open(folder.path(), Durability::Full).await.unwrap();
        let mut first = db.begin().await.unwrap();
        count(&mut first).await;
        first.publish(event(0));
        let (order, in_order) = std::sync::mpsc::channel();
        let others = (1..=50).map(|_| {
            let (db, order) = (db.clone(), order.clone());
            tokio::spawn(async move {
                let mut transaction = db.begin().await.unwrap();
                count(&mut transaction).await;
                let place: String =
                    sqlx::query_scalar("SELECT name FROM workspace").fetch_one(&mut *transaction).await.unwrap();
                let place = place.parse::<usize>().unwrap() - 1;
                transaction.publish(event(place));
                order.send(place).unwrap();
                transaction.commit().await.unwrap();
            })
        });
        let others = join_all(others.collect::<Vec<_>>());
        first.commit().await.unwrap();
        others.await.into_iter().for_each(|done| done.unwrap());

        assert_eq!(counter(&db).await, 51);
        drop(order);
        assert_eq!(in_order.iter().collect::<Vec<_>>(), (1..=50).collect::<Vec<_>>());
        let mut published = Vec::new();
        while published.len() < 51 {
            published.extend(committed.recv().await.unwrap().into_iter().map(|pending| pending.event));
        }
        assert_eq!(published, (0..=50).map(event).collect::<Vec<_>>());
        let commits = db.group.writer.lock().await.commits;
        assert!(commits <= 25, "{commits} commits for 51 transactions");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_dropped_transaction_rolls_back_only_its_own_changes() {
        let folder = tempfile::tempdir().unwrap();
        let (db, _committed) = Db::open(folder.path(), Durability::Full).await.unwrap();
        let steps = (0..20).map(|number| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut transaction = db.begin().await.unwrap();
                count(&mut transaction).await;
                if number % 2 == 0 { transaction.commit().await.unwrap() } else { drop(transaction) }
            })
        });
        join_all(steps.collect::<Vec<_>>()).await.into_iter().for_each(|done| done.unwrap());
        drop(db.begin().await.unwrap());
        assert_eq!(counter(&db).await, 10);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn readers_see_a_transaction_only_after_its_commit() {
        let folder = tempfile::tempdir().unwrap();
        let (db, _committed) = Db::open(folder.path(), Durability::Full).await.unwrap();
        let mut transaction = db.begin().await.unwrap();
        count(&mut transaction).await;
        assert_eq!(counter(&db).await, 0);
        transaction.commit().await.unwrap();
        assert_eq!(counter(&db).await, 1);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_commit_without_a_relay_stores_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (db, committed) = Db::open(folder.path(), Durability::Full).await.unwrap();
        drop(committed);
        let mut transaction = db.begin().await.unwrap();
        count(&mut transaction).await;
        transaction.publish(event(0));
        assert!(transaction.commit().await.is_err());
        assert_eq!(counter(&db).await, 0);
    }
}
