//! Threads in the database: reply summaries, and replies by page.

use crate::{
    db::{Db, Transaction},
    error::Error,
    messages::{
        annotations, queries,
        rows::{MessageRow, message_columns},
    },
    rooms::memberships::{self, Member},
    threads::followers,
};
use common::{
    Code, MessageId, Millis, PersonId, RoomId, Seq, limits,
    mentions::Mentions,
    messages::{Message, MessagePage},
    threads::{Replies, ThreadView},
};
use sqlx::{SqliteConnection, SqliteExecutor};
use std::slice;

#[derive(sqlx::FromRow)]
pub(super) struct RepliesRow {
    replies: i64,
    pub last_seq: Seq,
    last_at: Millis,
    people: String,
}

impl TryFrom<RepliesRow> for Replies {
    type Error = Error;

    fn try_from(row: RepliesRow) -> Result<Self, Error> {
        Ok(Replies {
            count: u32::try_from(row.replies).unwrap_or(u32::MAX),
            people: serde_json::from_str(&row.people).map_err(anyhow::Error::new)?,
            last: row.last_seq,
            at: row.last_at,
        })
    }
}

/// Returns the root of a thread: a reply's parent, or the message itself.
///
/// # Errors
/// [`Code::UnknownMessage`] for a message of another room.
pub async fn root(connection: &mut SqliteConnection, room: RoomId, message: MessageId) -> Result<Message, Error> {
    let mut found = queries::find(connection, message).await?;
    if let Some(parent) = found.as_ref().and_then(|found| found.parent) {
        found = queries::find(connection, parent).await?;
    }
    Ok(found.filter(|found| found.room == room).ok_or(Code::UnknownMessage)?)
}

/// Returns the parent of a reply, with its summary of earlier replies.
///
/// # Errors
/// [`Code::UnknownMessage`] for a message of another room, or a deleted message without replies. A deleted
/// parent keeps its thread.
pub async fn replied_to(connection: &mut SqliteConnection, room: RoomId, message: MessageId) -> Result<Message, Error> {
    let mut parent = root(connection, room, message).await?;
    parent.replies = replies(&mut *connection, parent.id).await?;
    if parent.is_deleted() && parent.replies.is_none() { Err(Code::UnknownMessage.into()) } else { Ok(parent) }
}

async fn replies(db: impl SqliteExecutor<'_>, parent: MessageId) -> Result<Option<Replies>, Error> {
    let query = sqlx::query_as("SELECT replies, last_seq, last_at, people FROM threads WHERE parent_id = $1");
    let row: Option<RepliesRow> = query.bind(parent.0).fetch_optional(db).await?;
    row.map(Replies::try_from).transpose()
}

/// Updates a thread after a new reply. The parent's author, mentioned people and the reply's author follow
/// it. The reply's author has read it. Publishes the state to all followers.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn add(transaction: &mut Transaction, parent: Message, reply: &Message) -> Result<(), Error> {
    if parent.replies.is_none() {
        followers::add(transaction, &parent, parent.author, parent.seq).await?;
    }
    for person in &reply.mentions.people {
        followers::add(transaction, &parent, *person, reply.seq - 1).await?;
    }
    followers::add(transaction, &parent, reply.author, reply.seq).await?;
    followers::advance(transaction, parent.id, reply.author, reply.seq).await?;
    let replies = match parent.replies {
        None => Replies::first(reply.author, reply.seq, reply.at),
        Some(mut replies) => {
            replies.add(reply.author, reply.seq, reply.at);
            replies
        }
    };
    sqlx::query(
        "INSERT INTO threads (parent_id, room_id, parent_seq, replies, last_seq, last_at, people)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (parent_id)
         DO UPDATE SET replies = excluded.replies, last_seq = excluded.last_seq, last_at = excluded.last_at,
                       people = excluded.people",
    )
    .bind(parent.id.0)
    .bind(parent.room.0)
    .bind(parent.seq)
    .bind(i64::from(replies.count))
    .bind(replies.last)
    .bind(replies.at)
    .bind(serde_json::to_string(&replies.people).map_err(anyhow::Error::new)?)
    .execute(&mut **transaction)
    .await?;
    followers::publish(transaction, parent.id).await
}

/// Updates a thread after an edit changes mentions: mentioned people follow it. Publishes the state to all
/// followers. Ignores messages outside threads.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn mention(transaction: &mut Transaction, reply: &Message, mentions: &Mentions) -> Result<(), Error> {
    let Some(parent) = reply.parent else { return Ok(()) };
    let parent = root(transaction, reply.room, parent).await?;
    for person in mentions.people.iter().filter(|person| !reply.mentions.people.contains(person)) {
        followers::add(transaction, &parent, *person, reply.seq - 1).await?;
    }
    followers::publish(transaction, parent.id).await
}

/// Adds reply summaries to the messages of a page, which must be in `seq` order.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn attach(db: &Db, room: RoomId, messages: &mut [Message]) -> Result<(), Error> {
    #[derive(sqlx::FromRow)]
    struct Row {
        parent_seq: Seq,
        #[sqlx(flatten)]
        replies: RepliesRow,
    }
    let (Some(first), Some(last)) = (messages.first(), messages.last()) else { return Ok(()) };
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT parent_seq, replies, last_seq, last_at, people FROM threads
         WHERE room_id = $1 AND parent_seq BETWEEN $2 AND $3",
    )
    .bind(room.0)
    .bind(first.seq)
    .bind(last.seq)
    .fetch_all(&db.read)
    .await?;
    for row in rows {
        if let Ok(place) = messages.binary_search_by_key(&row.parent_seq, |message| message.seq) {
            messages[place].replies = Some(row.replies.try_into()?);
        }
    }
    Ok(())
}

/// Returns a thread with its last page of replies.
///
/// # Errors
/// [`Code::UnknownMessage`], or an error of [`memberships::require`].
pub async fn view(db: &Db, person: PersonId, room: RoomId, message: MessageId) -> Result<ThreadView, Error> {
    memberships::require(&db.read, person, room).await?;
    let mut parent = root(&mut *db.read.acquire().await?, room, message).await?;
    parent.replies = replies(&db.read, parent.id).await?;
    annotations::annotate(db, slice::from_mut(&mut parent)).await?;
    let standing = followers::standing(&mut *db.read.acquire().await?, person, room, parent.id).await?;
    let page = page(db, parent.id, Seq::MAX).await?;
    Ok(ThreadView { parent, page, standing })
}

/// Returns the page of replies before a place.
///
/// # Errors
/// [`Code::UnknownMessage`]
pub async fn history(db: &Db, member: Member, parent: MessageId, before: Seq) -> Result<MessagePage, Error> {
    let parent = root(&mut *db.read.acquire().await?, member.room(), parent).await?;
    page(db, parent.id, before).await
}

/// Returns the page of replies before a place in the room. The caller must check the membership.
///
/// # Errors
/// Returns an error if the database fails.
async fn page(db: &Db, parent: MessageId, before: Seq) -> Result<MessagePage, Error> {
    let query = concat!(
        "SELECT ",
        message_columns!(),
        " FROM messages m WHERE m.parent_id = $1 AND m.seq < $2 ORDER BY m.seq DESC LIMIT $3"
    );
    let rows: Vec<MessageRow> = sqlx::query_as(query)
        .bind(parent.0)
        .bind(before)
        .bind(i64::from(limits::PAGE_MESSAGES) + 1)
        .fetch_all(&db.read)
        .await?;
    annotations::page_of(db, rows).await
}

/// A parent with its reply summary.
#[derive(sqlx::FromRow)]
pub(super) struct ParentRow {
    #[sqlx(flatten)]
    message: MessageRow,
    #[sqlx(flatten)]
    replies: RepliesRow,
}

impl TryFrom<ParentRow> for Message {
    type Error = Error;

    fn try_from(row: ParentRow) -> Result<Self, Error> {
        let replies = row.replies.try_into()?;
        Ok(Message { replies: Some(replies), ..row.message.try_into()? })
    }
}
