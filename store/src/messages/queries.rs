//! Message lookups.

use crate::{
    blocks::not_blocked,
    db::Db,
    error::Error,
    messages::rows::{MessageRow, message_columns},
};
use common::{Code, MessageId, PersonId, RoomId, Seq, limits, messages::Message};
use sqlx::SqliteConnection;

/// Returns a message of any room.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn find(connection: &mut SqliteConnection, id: MessageId) -> Result<Option<Message>, Error> {
    let query = concat!("SELECT ", message_columns!(), " FROM messages m WHERE m.id = $1");
    let row: Option<MessageRow> = sqlx::query_as(query).bind(id.0).fetch_optional(connection).await?;
    row.map(Message::try_from).transpose()
}

/// Returns a message of a room in its current state.
///
/// # Errors
/// [`Code::UnknownMessage`] for an unknown or deleted message, or a message of another room.
pub async fn standing(connection: &mut SqliteConnection, room: RoomId, message: MessageId) -> Result<Message, Error> {
    let found = find(connection, message).await?;
    let stands = |found: &Message| found.room == room && !found.is_deleted();
    found.filter(stands).ok_or_else(|| Code::UnknownMessage.into())
}

/// Returns the first messages of other authors after a place. The caller must check the membership.
///
/// # Errors
/// Returns an error if the database fails.
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
