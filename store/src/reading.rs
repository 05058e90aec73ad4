//! Read positions, the same on all of a person's devices.
//!
//! A transaction moves a position and counts unread messages; its event follows the log's order. A client's
//! counts therefore include all earlier events, and none of the later ones.

use crate::{
    db::{Db, Transaction},
    error::Error,
    mentions, rooms,
};
use common::{
    Code, PersonId, RoomId, Seq, ServerEvent, limits,
    reading::{MarkAllRead, MarkRead, MarkUnread, ReadMoved},
};

/// Moves a person's position in a room forward.
///
/// # Errors
/// The errors of [`rooms::memberships::require`].
pub async fn mark(db: &Db, person: PersonId, command: &MarkRead) -> Result<ReadMoved, Error> {
    let mut transaction = db.begin().await?;
    rooms::memberships::require(&mut *transaction, person, command.room).await?;
    let moved = move_on(&mut transaction, person, command.room, command.seq).await?;
    transaction.commit().await?;
    Ok(moved)
}

/// Moves a person's positions in several rooms forward; skips rooms that the person has left.
///
/// # Errors
/// [`Code::TooLarge`]
pub async fn mark_all(db: &Db, person: PersonId, command: &MarkAllRead) -> Result<(), Error> {
    if command.rooms.len() > limits::REPORTED_ROOMS {
        return Err(Code::TooLarge.into());
    }
    let mut transaction = db.begin().await?;
    for place in &command.rooms {
        match move_on(&mut transaction, person, place.room, place.seq).await {
            Ok(_) | Err(Error::Refused(_)) => {}
            Err(broken) => return Err(broken),
        }
    }
    transaction.commit().await
}

/// Sets a person's position right before a place in a room.
///
/// # Errors
/// [`Code::UnknownSeq`], or an error of [`rooms::memberships::require`].
pub async fn mark_unread(db: &Db, person: PersonId, command: &MarkUnread) -> Result<ReadMoved, Error> {
    let mut transaction = db.begin().await?;
    rooms::memberships::require(&mut *transaction, person, command.room).await?;
    let moved = set_back(&mut transaction, person, command.room, command.seq).await?;
    transaction.commit().await?;
    Ok(moved)
}

/// Moves the position forward, at most to the room's last event.
async fn move_on(transaction: &mut Transaction, person: PersonId, room: RoomId, seq: Seq) -> Result<ReadMoved, Error> {
    let before = Position::of(transaction, person, room).await?;
    let read = seq.min(before.last).max(before.read);
    Position { read, ..before }.put_in_place_of(before, transaction, person, room).await
}

/// Sets the position right before a place. A repeat changes nothing.
async fn set_back(transaction: &mut Transaction, person: PersonId, room: RoomId, seq: Seq) -> Result<ReadMoved, Error> {
    let before = Position::of(transaction, person, room).await?;
    if !(1..=before.last).contains(&seq) {
        return Err(Code::UnknownSeq.into());
    }
    let is_there = seq - 1 == before.read;
    let now = Position { read: seq - 1, rewinds: before.rewinds + i64::from(!is_there), ..before };
    now.put_in_place_of(before, transaction, person, room).await
}

/// A person's position in a room's log.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Position {
    last: Seq,
    read: Seq,
    rewinds: i64,
}

impl Position {
    async fn of(transaction: &mut Transaction, person: PersonId, room: RoomId) -> Result<Self, Error> {
        let query = sqlx::query_as(
            "SELECT r.last_seq, m.read_seq, m.rewinds FROM rooms r
             JOIN memberships m ON m.room_id = r.id AND m.person_id = $2 WHERE r.id = $1",
        );
        let found: Option<(Seq, Seq, i64)> =
            query.bind(room.0).bind(person.0).fetch_optional(&mut **transaction).await?;
        let (last, read, rewinds) = found.ok_or(Code::UnknownRoom)?;
        Ok(Self { last, read, rewinds })
    }

    /// Stores a changed position and publishes it to the person's devices.
    async fn put_in_place_of(
        self,
        before: Self,
        transaction: &mut Transaction,
        person: PersonId,
        room: RoomId,
    ) -> Result<ReadMoved, Error> {
        if self != before {
            sqlx::query("UPDATE memberships SET read_seq = $3, rewinds = $4 WHERE room_id = $1 AND person_id = $2")
                .bind(room.0)
                .bind(person.0)
                .bind(self.read)
                .bind(self.rewinds)
                .execute(&mut **transaction)
                .await?;
        }
        let moved = self.counted(transaction, person, room).await?;
        if self != before {
            transaction.publish_to(person, ServerEvent::ReadMoved(moved.clone()));
        }
        Ok(moved)
    }

    /// Adds the unread counts after the position. They are zero at the end of the log.
    async fn counted(self, transaction: &mut Transaction, person: PersonId, room: RoomId) -> Result<ReadMoved, Error> {
        let Self { last, read, rewinds } = self;
        let mut moved = ReadMoved { room, seq: read, unread: 0, mentions: Vec::new(), rewinds, last };
        if read < last {
            moved.unread = rooms::verbs::unread(&mut **transaction, person, room, read).await?;
            moved.mentions = mentions::unread_in(&mut **transaction, person, room, read).await?;
        }
        Ok(moved)
    }
}
