//! The room's log: every durable change in a room takes the room's next `seq`, in the transaction
//! that makes the change.

use common::{Code, MessageId, Millis, PersonId, RoomId, Seq};
use sqlx::SqliteConnection;

use crate::error::Error;

/// What an event in the log is about.
#[derive(Clone, Copy, Debug)]
pub enum Entry {
    Posted(MessageId),
    Joined,
    Left,
}

impl Entry {
    fn kind(self) -> &'static str {
        match self {
            Entry::Posted(_) => "posted",
            Entry::Joined => "joined",
            Entry::Left => "left",
        }
    }

    fn message(self) -> Option<uuid::Uuid> {
        match self {
            Entry::Posted(id) => Some(id.0),
            Entry::Joined | Entry::Left => None,
        }
    }
}

/// Appends an event; returns its `seq`. Posting also marks the room as active.
///
/// # Errors
/// [`Code::UnknownRoom`]
pub async fn append(
    connection: &mut SqliteConnection,
    room: RoomId,
    person: PersonId,
    entry: Entry,
    at: Millis,
) -> Result<Seq, Error> {
    let next = sqlx::query_scalar(
        "UPDATE rooms SET last_seq = last_seq + 1, active_at = CASE WHEN $2 THEN $3 ELSE active_at END
         WHERE id = $1 RETURNING last_seq",
    );
    let active = matches!(entry, Entry::Posted(_));
    let seq: Option<Seq> = next.bind(room.0).bind(active).bind(at).fetch_optional(&mut *connection).await?;
    let seq = seq.ok_or(Code::UnknownRoom)?;
    sqlx::query("INSERT INTO events (room_id, seq, kind, person_id, message_id, at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(room.0)
        .bind(seq)
        .bind(entry.kind())
        .bind(person.0)
        .bind(entry.message())
        .bind(at)
        .execute(connection)
        .await?;
    Ok(seq)
}
