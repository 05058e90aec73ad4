//! A room's conversation page by page; replies are in their threads.

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
    messages::{Around, Message, MessagePage, Spot},
};

/// The page of messages before a place in the room.
///
/// # Errors
/// When the database does not answer.
pub async fn before(db: &Db, member: Member, place: Seq) -> Result<MessagePage, Error> {
    let room = member.room();
    let (messages, earlier) = going_up(db, room, place, limits::PAGE_MESSAGES).await?;
    let notes = catch_up::notes(db, room, first(&messages, earlier), place).await?;
    Ok(MessagePage { messages, earlier, later: false, notes })
}

/// The page of messages after a place in the room.
///
/// # Errors
/// When the database does not answer.
pub async fn after(db: &Db, member: Member, place: Seq) -> Result<MessagePage, Error> {
    let room = member.room();
    let (messages, later) = going_down(db, room, place.saturating_add(1), limits::PAGE_MESSAGES).await?;
    let notes = catch_up::notes(db, room, place, last(&messages, later)).await?;
    Ok(MessagePage { messages, earlier: place > 0, later, notes })
}

/// The page around a message. A room without messages has none.
///
/// # Errors
/// When the database does not answer.
pub async fn around(db: &Db, member: Member, spot: Spot) -> Result<Option<Around>, Error> {
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
    Ok(Some(Around { seq, page: MessagePage { messages, earlier, later, notes } }))
}

/// The place after which a page begins.
fn first(messages: &[Message], earlier: bool) -> Seq {
    messages.first().filter(|_| earlier).map_or(0, |first| first.seq)
}

/// The place before which it ends.
fn last(messages: &[Message], later: bool) -> Seq {
    messages.last().filter(|_| later).map_or(Seq::MAX, |last| last.seq)
}

/// The last messages before a place, in their order, and whether there are more before them.
async fn going_up(db: &Db, room: RoomId, place: Seq, most: u32) -> Result<(Vec<Message>, bool), Error> {
    let query = concat!(
        "SELECT ",
        message_columns!(),
        " FROM messages m WHERE m.room_id = $1 AND m.seq < $2 AND m.parent_id IS NULL
         ORDER BY m.seq DESC LIMIT $3"
    );
    some_of(db, query, room, place, most).await
}

/// The first messages from a place on, and whether there are more after them.
async fn going_down(db: &Db, room: RoomId, place: Seq, most: u32) -> Result<(Vec<Message>, bool), Error> {
    let query = concat!(
        "SELECT ",
        message_columns!(),
        " FROM messages m WHERE m.room_id = $1 AND m.seq >= $2 AND m.parent_id IS NULL
         ORDER BY m.seq LIMIT $3"
    );
    some_of(db, query, room, place, most).await
}

/// What a query finds, in order, and whether it finds one more than wanted.
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

/// The first message from a place on, or the last one when there is none.
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

/// The place of the first message at or after a moment. Times go up with places, unless a clock was
/// set; so halving the room finds it in twenty looks, without an index that every post would pay for.
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
