//! The room's log: every durable change in a room takes the room's next `seq`, in the same transaction. Its
//! event is published after the commit.

use crate::{db::Transaction, error::Error};
use common::{
    Code, MessageId, Millis, PersonId, RoomId, Seq, ServerEvent,
    permissions::RoomRole,
    previews::PreviewsChanged,
    rooms::{MemberJoined, MemberLeft},
};

/// Builds an event with the room's next `seq` and appends it to the log. Returns the `seq`.
///
/// # Errors
/// [`Code::UnknownRoom`]
pub async fn append(
    transaction: &mut Transaction,
    room: RoomId,
    person: PersonId,
    at: Millis,
    event: impl FnOnce(Seq) -> ServerEvent,
) -> Result<Seq, Error> {
    let next = sqlx::query_scalar("UPDATE rooms SET last_seq = last_seq + 1 WHERE id = $1 RETURNING last_seq");
    let seq: Option<Seq> = next.bind(room.0).fetch_optional(&mut **transaction).await?;
    let seq = seq.ok_or(Code::UnknownRoom)?;
    let event = event(seq);
    let stored = encode(&event)?;
    sqlx::query(
        "INSERT INTO events (room_id, seq, kind, person_id, message_id, payload, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(room.0)
    .bind(seq)
    .bind(event.name())
    .bind(person.0)
    .bind(stored.message.map(|id| id.0))
    .bind(stored.payload)
    .bind(at)
    .execute(&mut **transaction)
    .await?;
    transaction.publish(event);
    Ok(seq)
}

/// The stored part of an event. For a message event it is the message's id, because a replay reads the
/// current text. For other events it is the payload.
struct StoredEvent {
    message: Option<MessageId>,
    payload: Option<String>,
}

/// Returns what to store of an event. It must not store message text, or a deletion would not remove it.
fn encode(event: &ServerEvent) -> Result<StoredEvent, Error> {
    let of = |message| StoredEvent { message, payload: None };
    Ok(match event {
        ServerEvent::MessagePosted(message) => of(Some(message.id)),
        ServerEvent::MessageEdited(edited) => of(Some(edited.message)),
        ServerEvent::MessageDeleted(deleted) => of(Some(deleted.message)),
        // A replay reads the current previews, so a deletion removes them, too.
        ServerEvent::PreviewsChanged(changed) => {
            let bare = ServerEvent::PreviewsChanged(PreviewsChanged { previews: Vec::new(), ..changed.clone() });
            let payload = bare.payload().map_err(anyhow::Error::new)?;
            StoredEvent { message: None, payload: Some(payload.to_string()) }
        }
        // The log's place is enough for the other events.
        ServerEvent::MemberJoined(MemberJoined { by: None, role: RoomRole::Member, .. })
        | ServerEvent::MemberLeft(MemberLeft { by: None, .. }) => of(None),
        other => {
            let payload = other.payload().map_err(anyhow::Error::new)?;
            StoredEvent { message: None, payload: Some(payload.to_string()) }
        }
    })
}
