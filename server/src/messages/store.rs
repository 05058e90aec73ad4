//! Messages in the database.

use crate::{
    clock,
    db::Db,
    error::Error,
    log::{self, Entry},
    rooms::memberships,
};
use common::{
    Code, MessageId, Millis, PersonId, RoomId, Seq, limits,
    messages::{Message, MessagePage, PostMessage, Posted, checked_text},
};
use sqlx::SqliteConnection;
use uuid::Uuid;

/// What became of a message that was posted.
pub enum Stored {
    /// It is stored now and has to be announced.
    Now(Message),
    /// It was stored already when this id came the first time.
    Before(Posted),
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    room_id: Uuid,
    seq: Seq,
    author_id: Uuid,
    text: String,
    at: Millis,
}

impl From<Row> for Message {
    fn from(row: Row) -> Self {
        Message {
            id: MessageId(row.id),
            room: RoomId(row.room_id),
            seq: row.seq,
            author: PersonId(row.author_id),
            text: row.text,
            at: row.at,
        }
    }
}

/// Stores a message with the room's next `seq`; its author has read up to it then.
///
/// # Errors
/// [`Code::EmptyText`], [`Code::TextTooLong`], [`Code::IdTaken`], or what [`memberships::require`] says.
pub async fn post(db: &Db, author: PersonId, command: &PostMessage) -> Result<Stored, Error> {
    post_at(db, author, command, clock::now()).await
}

/// Stores a message as posted at a time of one's choice.
///
/// # Errors
/// Those of [`post`].
pub async fn post_at(db: &Db, author: PersonId, command: &PostMessage, at: Millis) -> Result<Stored, Error> {
    let text = checked_text(&command.text)?;
    let mut transaction = db.begin().await?;
    memberships::require(&mut *transaction, author, command.room).await?;
    if let Some(before) = stored_before(&mut transaction, author, command).await? {
        return Ok(Stored::Before(before));
    }
    let seq = log::append(&mut transaction, command.room, author, Entry::Posted(command.id), at).await?;
    let message = Message { id: command.id, room: command.room, seq, author, text: text.to_owned(), at };
    insert(&mut transaction, &message).await?;
    sqlx::query("UPDATE memberships SET read_seq = $3 WHERE room_id = $1 AND person_id = $2")
        .bind(command.room.0)
        .bind(author.0)
        .bind(seq)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(Stored::Now(message))
}

async fn stored_before(
    connection: &mut SqliteConnection,
    author: PersonId,
    command: &PostMessage,
) -> Result<Option<Posted>, Error> {
    let query = sqlx::query_as("SELECT id, room_id, seq, author_id, text, at FROM messages WHERE id = $1");
    let row: Option<Row> = query.bind(command.id.0).fetch_optional(connection).await?;
    match row.map(Message::from) {
        None => Ok(None),
        Some(message) if message.author == author && message.room == command.room => {
            Ok(Some(Posted { seq: message.seq, at: message.at }))
        }
        Some(_) => Err(Code::IdTaken.into()),
    }
}

async fn insert(connection: &mut SqliteConnection, message: &Message) -> Result<(), Error> {
    sqlx::query("INSERT INTO messages (id, room_id, seq, author_id, text, at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(message.id.0)
        .bind(message.room.0)
        .bind(message.seq)
        .bind(message.author.0)
        .bind(&message.text)
        .bind(message.at)
        .execute(connection)
        .await?;
    Ok(())
}

/// The page of messages before a place in the room. Whoever calls this has seen to it that the
/// reader is a member.
///
/// # Errors
/// When the database does not answer.
pub async fn page(db: &Db, room: RoomId, before: Seq) -> Result<MessagePage, Error> {
    let wanted = limits::PAGE_MESSAGES as usize;
    let mut rows: Vec<Row> = sqlx::query_as(
        "SELECT id, room_id, seq, author_id, text, at FROM messages
         WHERE room_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
    )
    .bind(room.0)
    .bind(before)
    .bind(i64::from(limits::PAGE_MESSAGES) + 1)
    .fetch_all(&db.read)
    .await?;
    let earlier = rows.len() > wanted;
    rows.truncate(wanted);
    Ok(MessagePage { messages: rows.into_iter().rev().map(Message::from).collect(), earlier })
}
