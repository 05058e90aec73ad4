//! Messages in the database: post, edit, delete.

use crate::{
    audit, clock, columns,
    db::{Db, Transaction},
    error::Error,
    files,
    idempotency::{self, Attempt},
    log, mentions,
    messages::{
        self,
        markup::{self, Rendered},
        queries::standing,
        rows::{MessageRow, message_columns},
        versions,
    },
    pins, previews, reactions,
    rooms::{
        self,
        access::{self, StandingRow, standing_columns},
    },
    roster, saved,
    threads::{self, followers},
};
use common::{
    Code, MessageId, Millis, PersonId, RoomId, ServerEvent,
    messages::{
        DeleteMessage, EditMessage, Message, MessageDeleted, MessageEdited, PostMessage, Posted, checked_text_beside,
    },
    permissions::{RoomAccess, RoomAction},
};
use sqlx::{FromRow, Row, SqliteConnection};
use uuid::Uuid;

/// Stores a message with the room's next `seq`. The author's read position moves to it, in the room or in
/// the thread. A repeat returns the first reply.
///
/// # Errors
/// [`Code::EmptyText`], [`Code::TextTooLong`], [`Code::TooManyFiles`], [`Code::UnknownFile`],
/// [`Code::IdTaken`], [`Code::UnknownMessage`] for a parent that is deleted or in another room, or an error
/// of [`access::require_to`].
pub async fn post(db: &Db, author: PersonId, command: &PostMessage) -> Result<Posted, Error> {
    post_at(db, author, command, clock::now()).await
}

/// Stores a message with a given time.
///
/// # Errors
/// The errors of [`post`].
pub async fn post_at(db: &Db, author: PersonId, command: &PostMessage, at: Millis) -> Result<Posted, Error> {
    let text = command.checked_text()?;
    let Rendered { html, mentions } = markup::rendered(db, author, text).await?;
    let mut transaction = db.begin().await?;
    let (standing, before) = look_before_posting(&mut transaction, author, command).await?;
    let parent = match command.parent {
        Some(parent) => Some(threads::verbs::replied_to(&mut transaction, command.room, parent).await?),
        None => None,
    };
    let parent_id = parent.as_ref().map(|parent| parent.id);
    if let Some(before) = before {
        let posted = stored_before(before, author, command, parent_id, text)?;
        transaction.commit().await?;
        return Ok(posted);
    }
    standing.may(RoomAction::Post)?;
    if mentions.everyone {
        standing.may(RoomAction::Announce)?;
    }
    let (id, room) = (command.id, command.room);
    let attachments = files::verbs::attach(&mut transaction, author, id, &command.attachments).await?;
    let message = Message::posted(id, room, 0, author, text.to_owned(), at);
    let mut message = Message { html, mentions, attachments, parent: parent_id, ..message };
    message.seq = log::append(&mut transaction, room, author, at, |seq| {
        ServerEvent::MessagePosted(Message { seq, ..message.clone() })
    })
    .await?;
    insert(&mut transaction, &message).await?;
    if let Some(parent) = parent {
        threads::verbs::add(&mut transaction, parent, &message).await?;
    }
    transaction.commit().await?;
    Ok(Posted { seq: message.seq, at, html: message.html, mentions: message.mentions })
}

/// Returns the first reply if this is the same message. An edited message's first text is unknown, so it
/// always matches.
fn stored_before(
    before: Message,
    author: PersonId,
    command: &PostMessage,
    parent: Option<MessageId>,
    text: &str,
) -> Result<Posted, Error> {
    let says_the_same = || {
        let attached = before.attachments.iter().map(|attachment| attachment.id);
        before.text == text && attached.eq(command.attachments.iter().copied())
    };
    let is_there = before.author == author && before.room == command.room && before.parent == parent;
    let is_same = is_there && (before.revision.is_some() || says_the_same());
    let Message { seq, at, html, mentions, .. } = before;
    if is_same { Ok(Posted { seq, at, html, mentions }) } else { Err(Code::IdTaken.into()) }
}

/// Returns the author's access, and the stored message with this id. A single query saves two thread
/// switches.
///
/// # Errors
/// The errors of [`access::of`].
async fn look_before_posting(
    connection: &mut SqliteConnection,
    author: PersonId,
    command: &PostMessage,
) -> Result<(RoomAccess, Option<Message>), Error> {
    let query = sqlx::query(concat!(
        "SELECT ",
        standing_columns!(),
        ", ",
        message_columns!(),
        " FROM rooms r
         LEFT JOIN memberships p ON p.room_id = r.id AND p.person_id = $2
         LEFT JOIN messages m ON m.id = $3 WHERE r.id = $1"
    ));
    let row = query.bind(command.room.0).bind(author.0).bind(command.id.0).fetch_optional(connection).await?;
    let row = row.ok_or(Code::UnknownRoom)?;
    let standing = StandingRow::from_row(&row)?.standing()?;
    let is_there = row.try_get::<Option<Uuid>, _>("id")?.is_some();
    Ok((standing, if is_there { Some(MessageRow::from_row(&row)?.try_into()?) } else { None }))
}

/// Inserts a message and updates its room and its author's read position. A reply marks only the thread as
/// read.
async fn insert(connection: &mut SqliteConnection, message: &Message) -> Result<(), Error> {
    let query = sqlx::query(
        "INSERT INTO messages (id, room_id, seq, author_id, text, html, at, mentions, parent_id, attachments)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);
         UPDATE rooms SET active_at = $7 WHERE id = $2;
         UPDATE memberships SET read_seq = $3 WHERE room_id = $2 AND person_id = $4 AND $9 IS NULL",
    );
    let (id, room, author) = (message.id.0, message.room.0, message.author.0);
    let query = query.bind(id).bind(room).bind(message.seq).bind(author).bind(&message.text).bind(&message.html);
    let query = query.bind(message.at).bind(columns::to_json(&message.mentions)?);
    let query = query.bind(message.parent.map(|parent| parent.0));
    query.bind(columns::to_json(&message.attachments)?).execute(&mut *connection).await?;
    mentions::keep(connection, message).await
}

/// Replaces the text of the person's own message. A message with attachments may have an empty text.
///
/// # Errors
/// [`Code::EmptyText`], [`Code::TextTooLong`], [`Code::UnknownMessage`], [`Code::NotTheAuthor`],
/// [`Code::IdTaken`], or an error of [`access::require_to`].
pub async fn edit(db: &Db, person: PersonId, command: &EditMessage) -> Result<Posted, Error> {
    let text = checked_text_beside(&command.text, true)?;
    let rendered = markup::rendered(db, person, text).await?;
    let mut transaction = db.begin().await?;
    let standing = access::of(&mut *transaction, person, command.room).await?;
    let pending = match idempotency::attempt(&mut transaction, person, command.id, command).await? {
        Attempt::First(pending) => pending,
        Attempt::Repeat(posted) => {
            transaction.commit().await?;
            return Ok(posted);
        }
    };
    standing.may(RoomAction::Change)?;
    if rendered.mentions.everyone {
        standing.may(RoomAction::Announce)?;
    }
    let before = own(&mut transaction, person, command.room, command.message).await?;
    if text.is_empty() && before.attachments.is_empty() {
        return Err(Code::EmptyText.into());
    }
    versions::keep(&mut transaction, &before).await?;
    let posted = revise(&mut transaction, person, &before, Some((text, rendered))).await?;
    if before.mentions != posted.mentions {
        threads::verbs::mention(&mut transaction, &before, &posted.mentions).await?;
    }
    previews::keep_linked(&mut transaction, &before, posted.html.as_deref(), person).await?;
    idempotency::store_reply(&mut transaction, pending, &posted).await?;
    transaction.commit().await?;
    Ok(posted)
}

/// Deletes a message, but keeps its place. Room owners may delete messages of others, which the audit log
/// records.
///
/// # Errors
/// [`Code::UnknownMessage`], [`Code::NotTheAuthor`], [`Code::IdTaken`], or an error of
/// [`access::require_to`].
pub async fn delete(db: &Db, person: PersonId, command: &DeleteMessage) -> Result<Posted, Error> {
    let mut transaction = db.begin().await?;
    let standing = access::of(&mut *transaction, person, command.room).await?;
    let pending = match idempotency::attempt(&mut transaction, person, command.id, command).await? {
        Attempt::First(pending) => pending,
        Attempt::Repeat(posted) => {
            transaction.commit().await?;
            return Ok(posted);
        }
    };
    standing.may(RoomAction::Change)?;
    let before = messages::queries::standing(&mut transaction, command.room, command.message).await?;
    standing.may_remove(before.author == person)?;
    let posted = erase(&mut transaction, person, &before).await?;
    if before.author != person {
        let whose = roster::verbs::words_of(&mut transaction, before.author).await?;
        let place = rooms::verbs::name(&mut *transaction, before.room).await?;
        audit::note(&mut transaction, person, "message:delete", &whose, &format!("a message in #{place}")).await?;
    }
    idempotency::store_reply(&mut transaction, pending, &posted).await?;
    transaction.commit().await?;
    Ok(posted)
}

/// Deletes a message of any author. A deleted message stays deleted.
///
/// # Errors
/// [`Code::UnknownMessage`]
pub async fn remove(transaction: &mut Transaction, by: PersonId, message: MessageId) -> Result<(), Error> {
    let query = concat!("SELECT ", message_columns!(), " FROM messages m WHERE m.id = $1");
    let row: Option<MessageRow> = sqlx::query_as(query).bind(message.0).fetch_optional(&mut **transaction).await?;
    let before = Message::try_from(row.ok_or(Code::UnknownMessage)?)?;
    if !before.is_deleted() {
        erase(transaction, by, &before).await?;
    }
    Ok(())
}

/// Removes a message's text, versions, files and annotations; keeps only its place.
async fn erase(transaction: &mut Transaction, by: PersonId, before: &Message) -> Result<Posted, Error> {
    versions::forget(transaction, before.id).await?;
    if !before.attachments.is_empty() {
        files::verbs::discard(transaction, before.id).await?;
    }
    forget_annotations(transaction, before.id).await?;
    let posted = revise(transaction, by, before, None).await?;
    if let Some(parent) = before.parent {
        followers::publish(transaction, parent).await?;
    }
    Ok(posted)
}

/// Gives a message another text, or none.
async fn revise(
    transaction: &mut Transaction,
    person: PersonId,
    before: &Message,
    now: Option<(&str, Rendered)>,
) -> Result<Posted, Error> {
    let at = clock::now();
    let Message { room, id: message, seq: message_seq, author, parent, .. } = *before;
    let revision = if now.is_some() { "edited" } else { "deleted" };
    let (text, Rendered { html, mentions }) = now.unwrap_or_default();
    let after = Message { text: text.to_owned(), html, mentions, ..before.clone() };
    let Message { html, mentions, .. } = after.clone();
    let seq = log::append(transaction, room, person, at, |seq| match revision {
        "edited" => {
            let (text, html, mentions) = (after.text.clone(), html.clone(), mentions.clone());
            let edited = MessageEdited { room, seq, message, message_seq, author, parent, text, html, mentions, at };
            ServerEvent::MessageEdited(edited)
        }
        _ => ServerEvent::MessageDeleted(MessageDeleted { room, seq, message, message_seq, author, parent, at }),
    })
    .await?;
    if before.mentions != mentions {
        mentions::forget(transaction, before).await?;
        mentions::keep(transaction, &after).await?;
    }
    let query = "UPDATE messages SET text = $2, html = $3, revision = $4, revision_seq = $5, revision_at = $6,
                 mentions = $7, attachments = CASE WHEN $4 = 'deleted' THEN NULL ELSE attachments END WHERE id = $1";
    sqlx::query(query)
        .bind(message.0)
        .bind(text)
        .bind(&html)
        .bind(revision)
        .bind(seq)
        .bind(at)
        .bind(columns::to_json(&mentions)?)
        .execute(&mut **transaction)
        .await?;
    Ok(Posted { seq, at, html, mentions })
}

/// Returns a message after a check that the person is its author.
async fn own(
    transaction: &mut Transaction,
    person: PersonId,
    room: RoomId,
    message: MessageId,
) -> Result<Message, Error> {
    let found = standing(transaction, room, message).await?;
    if found.author == person { Ok(found) } else { Err(Code::NotTheAuthor.into()) }
}

/// Removes the annotations of a deleted message.
///
/// # Errors
/// Returns an error if the database fails.
async fn forget_annotations(connection: &mut SqliteConnection, message: MessageId) -> Result<(), Error> {
    reactions::forget(connection, message).await?;
    pins::forget(connection, message).await?;
    saved::forget(connection, message).await?;
    previews::forget(connection, message).await?;
    sqlx::query("UPDATE messages SET touched_seq = NULL WHERE id = $1").bind(message.0).execute(connection).await?;
    Ok(())
}
