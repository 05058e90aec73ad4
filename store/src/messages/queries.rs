//! Looking messages up.

use crate::{
    blocks::not_blocked,
    db::Db,
    error::Error,
    messages::rows::{MessageRow, message_columns},
};
use common::{Code, MessageId, PersonId, RoomId, Seq, limits, messages::Message};
use sqlx::SqliteConnection;

/// A message, in whatever room.
///
/// # Errors
/// When the database does not answer.
pub async fn find(connection: &mut SqliteConnection, id: MessageId) -> Result<Option<Message>, Error> {
    let query = concat!("SELECT ", message_columns!(), " FROM messages m WHERE m.id = $1");
    let row: Option<MessageRow> = sqlx::query_as(query).bind(id.0).fetch_optional(connection).await?;
    row.map(Message::try_from).transpose()
}

/// A message of a room, as it stands.
///
/// # Errors
/// [`Code::UnknownMessage`] for one that is in another room, or deleted, or nowhere.
pub async fn standing(connection: &mut SqliteConnection, room: RoomId, message: MessageId) -> Result<Message, Error> {
    let found = find(connection, message).await?;
    let stands = |found: &Message| found.room == room && !found.is_deleted();
    found.filter(stands).ok_or_else(|| Code::UnknownMessage.into())
}

/// The first messages of others after a place. Whoever calls this has seen to it that the reader is a
/// member.
///
/// # Errors
/// When the database does not answer.
pub async fn unread(db: &Db, person: PersonId, room: RoomId, read: Seq) -> Result<Vec<Message>, Error> {
    let query = concat!(
        "SELECT ",
        message_columns!(),
        " FROM messages m WHERE m.room_id = $1 AND m.seq > $2 AND m.author_id <> $3 AND m.parent_id IS NULL
         AND (m.revision IS NULL OR m.revision <> 'deleted') AND ",
        not_blocked!("$3", "m.author_id"),
        " ORDER BY m.seq LIMIT $4"
    );
    let limit = i64::from(limits::EXPLAINED);
    let rows: Vec<MessageRow> =
        sqlx::query_as(query).bind(room.0).bind(read).bind(person.0).bind(limit).fetch_all(&db.read).await?;
    rows.into_iter().map(Message::try_from).collect()
}
