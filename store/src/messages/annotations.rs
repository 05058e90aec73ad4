//! Annotations of messages: reactions, pins and link previews. A message's row has the `seq` of its last
//! annotation event, so messages without annotations need no second query.

use crate::{
    columns,
    db::Db,
    error::Error,
    messages::{annotations, rows::MessageRow},
};
use common::{
    MessageId, Millis, PersonId, Seq, limits,
    messages::{Message, MessagePage},
    pins::Pin,
    previews::Preview,
    reactions as under,
};
use sqlx::{QueryBuilder, SqliteConnection};
use std::collections::{HashMap, hash_map::Entry};
use uuid::Uuid;

/// Records the event that changed a message's annotations, in the same transaction.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn touch(connection: &mut SqliteConnection, message: MessageId, seq: Seq) -> Result<(), Error> {
    sqlx::query("UPDATE messages SET touched_seq = $2 WHERE id = $1")
        .bind(message.0)
        .bind(seq)
        .execute(connection)
        .await?;
    Ok(())
}

/// Returns the messages with their annotations.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn annotated(db: &Db, rows: Vec<MessageRow>) -> Result<Vec<Message>, Error> {
    let touched: Vec<Uuid> = rows.iter().filter(|row| row.touched_seq.is_some()).map(|row| row.id).collect();
    let mut messages: Vec<Message> = rows.into_iter().map(Message::try_from).collect::<Result<_, _>>()?;
    if !touched.is_empty() {
        attach(&mut messages, look_up(db, &touched).await?)?;
    }
    Ok(messages)
}

/// Adds annotations to messages, also to those whose rows are not at hand.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn annotate(db: &Db, messages: &mut [Message]) -> Result<(), Error> {
    let ids: Vec<Uuid> = messages.iter().map(|message| message.id.0).collect();
    attach(messages, look_up(db, &ids).await?)
}

fn attach(messages: &mut [Message], rows: Vec<AnnotationRow>) -> Result<(), Error> {
    let mut by_message = HashMap::new();
    for row in rows {
        let annotations = match by_message.entry(row.id) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(Annotations::of(&row)?),
        };
        annotations.take(row);
    }
    for message in messages {
        if let Some(annotations) = by_message.remove(&message.id.0) {
            (message.touched, message.pin) = (annotations.touched, annotations.pin);
            (message.reactions, message.previews) = (annotations.reactions, annotations.previews);
        }
    }
    Ok(())
}

/// A single query reads a consistent state of each message.
async fn look_up(db: &Db, messages: &[Uuid]) -> Result<Vec<AnnotationRow>, Error> {
    let mut query = QueryBuilder::new(
        "SELECT m.id, m.touched_seq, m.previews, p.person_id AS pinned_by, p.at AS pinned_at, r.emoji, r.person_id
         FROM messages m LEFT JOIN pins p ON p.message_id = m.id LEFT JOIN reactions r ON r.message_id = m.id
         WHERE m.id IN (",
    );
    let mut ids = query.separated(", ");
    for id in messages {
        ids.push_bind(*id);
    }
    query.push(") ORDER BY m.id, r.since, r.seq");
    Ok(query.build_query_as().persistent(false).fetch_all(&db.read).await?)
}

#[derive(sqlx::FromRow)]
struct AnnotationRow {
    id: Uuid,
    touched_seq: Option<Seq>,
    /// JSON.
    previews: Option<String>,
    pinned_by: Option<Uuid>,
    pinned_at: Option<Millis>,
    emoji: Option<String>,
    person_id: Option<Uuid>,
}

/// The annotations of a message.
struct Annotations {
    touched: Option<Seq>,
    pin: Option<Pin>,
    reactions: Vec<under::Reaction>,
    previews: Vec<Preview>,
}

impl Annotations {
    fn of(row: &AnnotationRow) -> Result<Self, Error> {
        let pin = row.pinned_by.zip(row.pinned_at);
        let pin = pin.map(|(person, at)| Pin { person: PersonId(person), at });
        let previews = columns::json(row.previews.as_deref())?;
        Ok(Self { touched: row.touched_seq, pin, reactions: Vec::new(), previews })
    }

    fn take(&mut self, row: AnnotationRow) {
        if let (Some(emoji), Some(person)) = (row.emoji, row.person_id) {
            under::add(&mut self.reactions, emoji, PersonId(person));
        }
    }
}

/// Builds a page of messages before a place. The rows hold at most one message beyond the page, which shows
/// that more exist.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn page_of(db: &Db, mut newest_first: Vec<MessageRow>) -> Result<MessagePage, Error> {
    let wanted = limits::PAGE_MESSAGES as usize;
    let earlier = newest_first.len() > wanted;
    newest_first.truncate(wanted);
    newest_first.reverse();
    let messages = annotations::annotated(db, newest_first).await?;
    Ok(MessagePage { messages, earlier, ..MessagePage::default() })
}
