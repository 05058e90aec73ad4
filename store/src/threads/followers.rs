//! Thread followers, their read positions and unread counts.

use crate::{
    blocks::not_blocked,
    db::{Db, Transaction},
    error::Error,
    mentions,
    messages::rows::message_columns,
    rooms::memberships,
    threads::{self, verbs::ParentRow},
};
use common::{
    Code, MessageId, PersonId, RoomId, Seq, ServerEvent, limits,
    messages::Message,
    threads::{FollowThread, ListedThread, MarkThreadRead, MarkThreadUnread, ThreadState},
};
use sqlx::SqliteConnection;
use uuid::Uuid;

/// The columns of a [`StandingRow`]: followers `f` who are members, and their unread replies. `$1` is the
/// limit of the count, `$2` the id for everyone.
macro_rules! standing_columns {
    () => {
        concat!(
            "f.person_id AS follower, f.room_id AS thread_room, f.parent_id AS thread_parent, f.read_seq AS thread_read, f.rewinds AS thread_rewinds,
         coalesce(t.last_seq, 0) AS thread_last,
         (SELECT count(*) FROM (SELECT 1 FROM messages r WHERE r.parent_id = f.parent_id AND r.seq > f.read_seq
                                AND r.author_id <> f.person_id AND (r.revision IS NULL OR r.revision <> 'deleted') AND ",
            not_blocked!("f.person_id", "r.author_id"),
            " LIMIT $1) AS counted) AS thread_unread,
         (SELECT count(*) FROM mentions n WHERE n.room_id = f.room_id AND n.person_id IN (f.person_id, $2)
          AND n.seq > f.read_seq AND n.parent_id = f.parent_id AND n.author_id <> f.person_id AND ",
            not_blocked!("f.person_id", "n.author_id"),
            ") AS thread_mentions"
        )
    };
}

macro_rules! from_followers {
    () => {
        " FROM thread_followers f JOIN memberships o ON o.room_id = f.room_id AND o.person_id = f.person_id
         LEFT JOIN threads t ON t.parent_id = f.parent_id "
    };
}

#[derive(sqlx::FromRow)]
struct StandingRow {
    follower: Uuid,
    thread_room: Uuid,
    thread_parent: Uuid,
    thread_read: Seq,
    thread_rewinds: i64,
    thread_last: Seq,
    thread_unread: i64,
    thread_mentions: i64,
}

impl From<StandingRow> for ThreadState {
    fn from(row: StandingRow) -> Self {
        ThreadState {
            room: RoomId(row.thread_room),
            parent: MessageId(row.thread_parent),
            following: true,
            last: row.thread_last,
            read: row.thread_read,
            rewinds: row.thread_rewinds,
            unread: u32::try_from(row.thread_unread).unwrap_or(limits::UNREAD_COUNTED),
            mentions: u32::try_from(row.thread_mentions).unwrap_or(u32::MAX).min(limits::UNREAD_COUNTED),
        }
    }
}

/// Returns a person's state in a thread.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn standing(
    connection: &mut SqliteConnection,
    person: PersonId,
    room: RoomId,
    parent: MessageId,
) -> Result<ThreadState, Error> {
    let query =
        concat!("SELECT ", standing_columns!(), from_followers!(), "WHERE f.parent_id = $3 AND f.person_id = $4");
    let row: Option<StandingRow> = sqlx::query_as(query)
        .bind(i64::from(limits::UNREAD_COUNTED))
        .bind(mentions::EVERYONE)
        .bind(parent.0)
        .bind(person.0)
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(row) = row {
        return Ok(row.into());
    }
    let last = last_reply(connection, parent).await?.unwrap_or_default();
    Ok(ThreadState { room, parent, following: false, last, read: 0, unread: 0, mentions: 0, rewinds: 0 })
}

async fn last_reply(connection: &mut SqliteConnection, parent: MessageId) -> Result<Option<Seq>, Error> {
    let query = sqlx::query_scalar("SELECT last_seq FROM threads WHERE parent_id = $1").bind(parent.0);
    Ok(query.fetch_optional(connection).await?)
}

/// Publishes the changed state to each follower of a thread.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn publish(transaction: &mut Transaction, parent: MessageId) -> Result<(), Error> {
    let query = concat!("SELECT ", standing_columns!(), from_followers!(), "WHERE f.parent_id = $3");
    let rows: Vec<StandingRow> = sqlx::query_as(query)
        .bind(i64::from(limits::UNREAD_COUNTED))
        .bind(mentions::EVERYONE)
        .bind(parent.0)
        .fetch_all(&mut **transaction)
        .await?;
    for row in rows {
        transaction.publish_to(PersonId(row.follower), ServerEvent::ThreadChanged(row.into()));
    }
    Ok(())
}

/// Returns the followed threads with unread replies, latest first.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn unread(db: &Db, person: PersonId) -> Result<Vec<ThreadState>, Error> {
    let query = concat!(
        "SELECT ",
        standing_columns!(),
        from_followers!(),
        "WHERE f.person_id = $3 AND t.last_seq > f.read_seq ORDER BY t.last_at DESC, t.parent_id LIMIT $4"
    );
    let rows: Vec<StandingRow> = sqlx::query_as(query)
        .bind(i64::from(limits::UNREAD_COUNTED))
        .bind(mentions::EVERYONE)
        .bind(person.0)
        .bind(i64::from(limits::THREADS_LISTED))
        .fetch_all(&db.read)
        .await?;
    Ok(rows.into_iter().map(ThreadState::from).collect())
}

/// Returns the followed threads: unread ones first, then latest first.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn followed(db: &Db, person: PersonId) -> Result<Vec<ListedThread>, Error> {
    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        parent: ParentRow,
        #[sqlx(flatten)]
        standing: StandingRow,
    }
    let query = concat!(
        "SELECT t.replies, t.last_seq, t.last_at, t.people, ",
        message_columns!(),
        ", ",
        standing_columns!(),
        from_followers!(),
        "JOIN messages m ON m.id = f.parent_id WHERE f.person_id = $3 AND t.replies > 0
         ORDER BY t.last_seq > f.read_seq DESC, t.last_at DESC, t.parent_id LIMIT $4"
    );
    let rows: Vec<Row> = sqlx::query_as(query)
        .bind(i64::from(limits::UNREAD_COUNTED))
        .bind(mentions::EVERYONE)
        .bind(person.0)
        .bind(i64::from(limits::THREADS_LISTED))
        .fetch_all(&db.read)
        .await?;
    let listed = |row: Row| Ok(ListedThread { parent: row.parent.try_into()?, standing: row.standing.into() });
    rows.into_iter().map(listed).collect()
}

/// Follows a thread and marks it as read, or unfollows it.
///
/// # Errors
/// [`Code::UnknownMessage`], or an error of [`memberships::require`].
pub async fn set(db: &Db, person: PersonId, command: &FollowThread) -> Result<ThreadState, Error> {
    let mut transaction = db.begin().await?;
    memberships::require(&mut *transaction, person, command.room).await?;
    let parent = threads::verbs::root(&mut transaction, command.room, command.parent).await?;
    let changed = if command.following {
        let last = last_reply(&mut transaction, parent.id).await?;
        add(&mut transaction, &parent, person, last.unwrap_or(parent.seq)).await?
    } else {
        let query = sqlx::query("DELETE FROM thread_followers WHERE parent_id = $1 AND person_id = $2");
        query.bind(parent.id.0).bind(person.0).execute(&mut *transaction).await?.rows_affected()
    };
    told(transaction, person, &parent, changed).await
}

/// Moves a follower's read position forward, at most to the last reply.
///
/// # Errors
/// [`Code::UnknownMessage`], or an error of [`memberships::require`].
pub async fn move_to(db: &Db, person: PersonId, command: &MarkThreadRead) -> Result<ThreadState, Error> {
    let mut transaction = db.begin().await?;
    memberships::require(&mut *transaction, person, command.room).await?;
    let parent = threads::verbs::root(&mut transaction, command.room, command.parent).await?;
    let last = last_reply(&mut transaction, parent.id).await?.unwrap_or_default();
    let moved = advance(&mut transaction, parent.id, person, command.seq.min(last)).await?;
    told(transaction, person, &parent, moved).await
}

/// Sets the read position right before a reply, and follows the thread if necessary. A repeat changes
/// nothing.
///
/// # Errors
/// [`Code::UnknownMessage`], [`Code::UnknownSeq`], or an error of [`memberships::require`].
pub async fn set_back(db: &Db, person: PersonId, command: &MarkThreadUnread) -> Result<ThreadState, Error> {
    let mut transaction = db.begin().await?;
    memberships::require(&mut *transaction, person, command.room).await?;
    let parent = threads::verbs::root(&mut transaction, command.room, command.parent).await?;
    let last = last_reply(&mut transaction, parent.id).await?.unwrap_or_default();
    if !(1..=last).contains(&command.seq) {
        return Err(Code::UnknownSeq.into());
    }
    let set = sqlx::query(
        "INSERT INTO thread_followers (parent_id, person_id, room_id, read_seq, rewinds) VALUES ($1, $2, $3, $4, 1)
         ON CONFLICT (parent_id, person_id) DO UPDATE SET read_seq = excluded.read_seq, rewinds = rewinds + 1
         WHERE read_seq <> excluded.read_seq",
    );
    let set = set.bind(parent.id.0).bind(person.0).bind(parent.room.0).bind(command.seq - 1);
    let changed = set.execute(&mut *transaction).await?.rows_affected();
    told(transaction, person, &parent, changed).await
}

/// Returns a person's changed state and publishes it to their devices.
async fn told(
    mut transaction: Transaction,
    person: PersonId,
    parent: &Message,
    changed: u64,
) -> Result<ThreadState, Error> {
    let standing = standing(&mut transaction, person, parent.room, parent.id).await?;
    if changed > 0 {
        transaction.publish_to(person, ServerEvent::ThreadChanged(standing));
    }
    transaction.commit().await?;
    Ok(standing)
}

/// Makes a person follow a thread; returns the number of new followers. Skips followers and people outside
/// the room.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn add(
    connection: &mut SqliteConnection,
    parent: &Message,
    person: PersonId,
    read: Seq,
) -> Result<u64, Error> {
    let added = sqlx::query(
        "INSERT INTO thread_followers (parent_id, person_id, room_id, read_seq)
         SELECT $1, person_id, room_id, $4 FROM memberships WHERE person_id = $2 AND room_id = $3
         ON CONFLICT (parent_id, person_id) DO NOTHING",
    )
    .bind(parent.id.0)
    .bind(person.0)
    .bind(parent.room.0)
    .bind(read)
    .execute(connection)
    .await?;
    Ok(added.rows_affected())
}

/// Moves a read position forward; returns the number of changed rows.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn advance(
    connection: &mut SqliteConnection,
    parent: MessageId,
    person: PersonId,
    read: Seq,
) -> Result<u64, Error> {
    let query = "UPDATE thread_followers SET read_seq = $3 WHERE parent_id = $1 AND person_id = $2 AND read_seq < $3";
    let moved = sqlx::query(query).bind(parent.0).bind(person.0).bind(read).execute(connection).await?;
    Ok(moved.rows_affected())
}

/// A person who leaves a room unfollows its threads.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn forget(transaction: &mut Transaction, person: PersonId, room: RoomId) -> Result<(), Error> {
    sqlx::query("DELETE FROM thread_followers WHERE person_id = $1 AND room_id = $2")
        .bind(person.0)
        .bind(room.0)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
