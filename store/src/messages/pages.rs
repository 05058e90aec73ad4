//! A room's conversation by page, without thread replies.

use crate::{
    catch_up,
    db::Db,
    error::Error,
    messages::{
        annotations,
        rows::{MessageRow, message_columns},
    },
    rooms::memberships::Member,
    threads,
};
use common::{
    Millis, RoomId, Seq, limits,
    messages::{Message, MessagePage, PageAround, Spot},
};

/// Returns the page before a place in the room.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn before(db: &Db, member: Member, place: Seq) -> Result<MessagePage, Error> {
    let room = member.room();
    let (messages, earlier) = going_up(db, room, place, limits::PAGE_MESSAGES).await?;
    let notes = catch_up::notes(db, room, first(&messages, earlier), place).await?;
    Ok(MessagePage { messages, earlier, later: false, notes })
}

/// Returns the page after a place in the room.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn after(db: &Db, member: Member, place: Seq) -> Result<MessagePage, Error> {
    let room = member.room();
    let (messages, later) = going_down(db, room, place.saturating_add(1), limits::PAGE_MESSAGES).await?;
    let notes = catch_up::notes(db, room, place, last(&messages, later)).await?;
    Ok(MessagePage { messages, earlier: place > 0, later, notes })
}

/// Returns the page around a message; `None` for a room without messages.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn around(db: &Db, member: Member, spot: Spot) -> Result<Option<PageAround>, Error> {
    let room = member.room();
    let place = match spot {
        Spot::Seq(seq) => seq,
        Spot::At(at) => first_at(db, room, at).await?,
    };
    let Some(seq) = nearest(db, room, place).await? else { return Ok(None) };
    let (mut messages, earlier) = going_up(db, room, seq, limits::PAGE_MESSAGES - limits::PAGE_AFTER - 1).await?;
    let (from, later) = going_down(db, room, seq, limits::PAGE_AFTER + 1).await?;
    messages.extend(from);
    let notes = catch_up::notes(db, room, first(&messages, earlier), last(&messages, later)).await?;
    Ok(Some(PageAround { seq, page: MessagePage { messages, earlier, later, notes } }))
}

/// Returns the place before a page's first message.
fn first(messages: &[Message], earlier: bool) -> Seq {
    messages.first().filter(|_| earlier).map_or(0, |first| first.seq)
}

/// Returns the place after a page's last message.
fn last(messages: &[Message], later: bool) -> Seq {
    messages.last().filter(|_| later).map_or(Seq::MAX, |last| last.seq)
}

/// Returns the last messages before a place, in order, and whether earlier messages exist.
async fn going_up(db: &Db, room: RoomId, place: Seq, most: u32) -> Result<(Vec<Message>, bool), Error> {
    let query = concat!(
        "SELECT ",
        message_columns!(),
        " FROM messages m WHERE m.room_id = $1 AND m.seq < $2 AND m.parent_id IS NULL
         ORDER BY m.seq DESC LIMIT $3"
    );
    some_of(db, query, room, place, most).await
}

/// Returns the first messages from a place on, and whether later messages exist.
async fn going_down(db: &Db, room: RoomId, place: Seq, most: u32) -> Result<(Vec<Message>, bool), Error> {
    let query = concat!(
        "SELECT ",
        message_columns!(),
        " FROM messages m WHERE m.room_id = $1 AND m.seq >= $2 AND m.parent_id IS NULL
         ORDER BY m.seq LIMIT $3"
    );
    some_of(db, query, room, place, most).await
}

/// Runs a query for at most `most` messages plus a probe. Returns them in order, and whether more exist.
async fn some_of(
    db: &Db,
    query: &'static str,
    room: RoomId,
    place: Seq,
    most: u32,
) -> Result<(Vec<Message>, bool), Error> {
    let query = sqlx::query_as(query).bind(room.0).bind(place).bind(i64::from(most) + 1);
    let mut rows: Vec<MessageRow> = query.fetch_all(&db.read).await?;
    let more = rows.len() > most as usize;
    rows.truncate(most as usize);
    let mut messages = annotations::annotated(db, rows).await?;
    messages.sort_by_key(|message| message.seq);
    threads::verbs::attach(db, room, &mut messages).await?;
    Ok((messages, more))
}

/// Returns the first message from a place on, or else the last message.
async fn nearest(db: &Db, room: RoomId, place: Seq) -> Result<Option<Seq>, Error> {
    let next = first_from(db, room, place).await?;
    if let Some((seq, _)) = next {
        return Ok(Some(seq));
    }
    Ok(sqlx::query_scalar("SELECT max(seq) FROM messages WHERE room_id = $1 AND parent_id IS NULL")
        .bind(room.0)
        .fetch_one(&db.read)
        .await?)
}

async fn first_from(db: &Db, room: RoomId, place: Seq) -> Result<Option<(Seq, Millis)>, Error> {
    let query = sqlx::query_as(
        "SELECT seq, at FROM messages WHERE room_id = $1 AND seq >= $2 AND parent_id IS NULL ORDER BY seq LIMIT 1",
    );
    Ok(query.bind(room.0).bind(place).fetch_optional(&db.read).await?)
}

/// Returns the place of the first message at or after a time. Times increase with places, unless an
/// operator sets the clock. So a binary search of about twenty reads replaces an index that every post
/// would have to update.
async fn first_at(db: &Db, room: RoomId, at: Millis) -> Result<Seq, Error> {
    let last: Option<Seq> =
        sqlx::query_scalar("SELECT last_seq FROM rooms WHERE id = $1").bind(room.0).fetch_optional(&db.read).await?;
    let (mut low, mut high) = (0, last.unwrap_or_default() + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        match first_from(db, room, middle).await? {
            Some((seq, then)) if then < at => low = seq + 1,
            Some(_) | None => high = middle,
        }
    }
    Ok(low)
}
