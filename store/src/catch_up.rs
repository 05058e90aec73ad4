//! Catch-up: reads a room's log for a client that has missed events.

use crate::{
    db::Db,
    error::Error,
    messages::rows::{MessageRow, message_columns},
    previews,
    rooms::memberships::Member,
};
use anyhow::Context;
use common::{
    Code, PersonId, RoomId, Seq, ServerEvent,
    catch_up::{LogEntry, MissedEvents},
    limits,
    messages::{Message, MessageDeleted, MessageEdited},
    permissions::RoomRole,
    previews::PreviewsChanged,
    rooms::{MemberJoined, MemberLeft},
};
use futures::TryStreamExt;
use sqlx::{FromRow, Row, sqlite::SqliteRow};
use uuid::Uuid;

/// Returns the events after a place in a room's log, for a member. Messages have their current state: an
/// event about a changed message has its current text, or none after a deletion.
///
/// # Errors
/// [`Code::UnknownSeq`] for a place after the end of the log.
pub async fn missed(db: &Db, member: Member, after: Seq) -> Result<MissedEvents, Error> {
    let room = member.room();
    let last: Option<Seq> =
        sqlx::query_scalar("SELECT last_seq FROM rooms WHERE id = $1").bind(room.0).fetch_optional(&db.read).await?;
    let last = last.ok_or(Code::UnknownRoom)?;
    if after > last || after < 0 {
        return Err(Code::UnknownSeq.into());
    }
    if last - after > limits::CATCH_UP_MOST {
        return Ok(MissedEvents::TooMany { last });
    }
    let query = sqlx::query(concat!(
        "SELECT e.seq AS event_seq, e.kind AS event_kind, e.person_id AS event_person, e.payload AS event_payload,
         e.at AS event_at, ",
        message_columns!(),
        " FROM events e LEFT JOIN messages m ON m.id = e.message_id
         WHERE e.room_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3"
    ));
    let mut rows = query.bind(room.0).bind(after).bind(i64::from(limits::CATCH_UP_EVENTS)).fetch(&db.read);
    let (mut events, mut text) = (Vec::new(), 0);
    while text < limits::CATCH_UP_TEXT
        && let Some(row) = rows.try_next().await?
    {
        text += row.try_get::<Option<&str>, _>("text")?.map_or(0, str::len);
        events.push(logged(room, &row)?);
    }
    drop(rows);
    show_previews(db, &mut events).await?;
    // New events may arrive between the two queries.
    let last = events.last().map_or(last, |event| event.seq.max(last));
    Ok(MissedEvents::Events { events, last })
}

/// Fills preview events with the current previews of their messages.
async fn show_previews(db: &Db, events: &mut [LogEntry]) -> Result<(), Error> {
    for event in events {
        if let Ok(Some(ServerEvent::PreviewsChanged(changed))) = event.clone().event() {
            let previews = previews::of(db, changed.message).await?;
            let now = ServerEvent::PreviewsChanged(PreviewsChanged { previews, ..changed });
            event.payload = now.payload().map_err(anyhow::Error::new)?;
        }
    }
    Ok(())
}

/// Returns the last events between two places in a room's log, in order, without message events.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn notes(db: &Db, room: RoomId, after: Seq, before: Seq) -> Result<Vec<LogEntry>, Error> {
    // The index notes_in_room has the same list of kinds.
    let query = sqlx::query(
        "SELECT seq AS event_seq, kind AS event_kind, person_id AS event_person, payload AS event_payload,
         at AS event_at FROM events WHERE room_id = $1 AND seq > $2 AND seq < $3
         AND kind IN ('room:changed', 'member:joined', 'member:left', 'member:changed') ORDER BY seq DESC LIMIT $4",
    );
    let query = query.bind(room.0).bind(after).bind(before).bind(i64::from(limits::PAGE_NOTES));
    let rows = query.fetch_all(&db.read).await?;
    rows.iter().rev().map(|row| logged(room, row)).collect()
}

fn logged(room: RoomId, row: &SqliteRow) -> Result<LogEntry, Error> {
    let (seq, kind): (Seq, String) = (row.try_get("event_seq")?, row.try_get("event_kind")?);
    let person = PersonId(row.try_get::<Uuid, _>("event_person")?);
    let at = row.try_get("event_at")?;
    let event = match kind.as_str() {
        "message:posted" => ServerEvent::MessagePosted(MessageRow::from_row(row)?.try_into()?),
        "message:edited" => {
            let Message { id: message, seq: message_seq, author, parent, text, html, mentions, .. } =
                MessageRow::from_row(row)?.try_into()?;
            let edited = MessageEdited { room, seq, message, message_seq, author, parent, text, html, mentions, at };
            ServerEvent::MessageEdited(edited)
        }
        "message:deleted" => {
            let Message { id: message, seq: message_seq, author, parent, .. } =
                MessageRow::from_row(row)?.try_into()?;
            ServerEvent::MessageDeleted(MessageDeleted { room, seq, message, message_seq, author, parent, at })
        }
        _ => match (kind.as_str(), row.try_get("event_payload")?) {
            ("member:joined", None) => {
                ServerEvent::MemberJoined(MemberJoined { room, seq, person, by: None, role: RoomRole::Member, at })
            }
            ("member:left", None) => ServerEvent::MemberLeft(MemberLeft { room, seq, person, by: None, at }),
            (_, payload) => return replay(seq, kind, payload),
        },
    };
    let payload = event.payload().map_err(anyhow::Error::new)?;
    Ok(LogEntry { seq, name: event.name().to_owned(), payload })
}

/// Rebuilds an event from its stored payload.
fn replay(seq: Seq, name: String, payload: Option<&str>) -> Result<LogEntry, Error> {
    let payload = payload.with_context(|| format!("the log has an event of the kind {name:?} without a payload"))?;
    Ok(LogEntry { seq, name, payload: serde_json::from_str(payload).map_err(anyhow::Error::new)? })
}
