//! Receipts: how far people have read, told to the others in small rooms, of many reads together.

use crate::{db::Db, error::Error};
use common::{
    PersonId, RoomId, Seq, limits,
    reading::{Reader, ReadersMoved},
};
use sqlx::SqliteExecutor;
use std::collections::HashSet;
use uuid::Uuid;

/// What is told of a room, and whom it is not told: those who do not show theirs do not see others'.
pub struct ReceiptBatch {
    pub moved: ReadersMoved,
    pub not_to: Vec<PersonId>,
}

/// What there is to tell after these people have read further; nothing in a room of many, or when
/// none of them shows it.
///
/// # Errors
/// When the database does not answer.
pub async fn batch(db: &Db, room: RoomId, moved: &HashSet<PersonId>) -> Result<Option<ReceiptBatch>, Error> {
    let Some(members) = in_small_room(&db.read, room).await? else { return Ok(None) };
    let (hidden, shown): (Vec<Row>, Vec<Row>) = members.into_iter().partition(|row| row.hides_reading);
    let readers: Vec<Reader> = shown.iter().map(Row::reader).filter(|reader| moved.contains(&reader.person)).collect();
    let not_to = hidden.iter().map(|row| PersonId(row.person_id)).collect();
    let batch = ReceiptBatch { moved: ReadersMoved { room, readers }, not_to };
    Ok((!batch.moved.readers.is_empty()).then_some(batch))
}

/// How far the others have read in a room, as far as `person` may know.
///
/// # Errors
/// When the database does not answer.
pub async fn readers(db: &Db, person: PersonId, room: RoomId) -> Result<Vec<Reader>, Error> {
    let members = in_small_room(&db.read, room).await?.unwrap_or_default();
    let sees = members.iter().any(|row| row.person_id == person.0 && !row.hides_reading);
    let others = members.iter().filter(|row| sees && !row.hides_reading && row.person_id != person.0);
    Ok(others.map(Row::reader).collect())
}

#[derive(sqlx::FromRow)]
struct Row {
    person_id: Uuid,
    read_seq: Seq,
    hides_reading: bool,
}

impl Row {
    fn reader(&self) -> Reader {
        Reader { person: PersonId(self.person_id), seq: self.read_seq }
    }
}

/// The members of a room, unless they are many.
async fn in_small_room(db: impl SqliteExecutor<'_>, room: RoomId) -> Result<Option<Vec<Row>>, Error> {
    let query = sqlx::query_as(
        "SELECT m.person_id, m.read_seq, p.hides_reading FROM memberships m JOIN people p ON p.id = m.person_id
         WHERE m.room_id = $1 LIMIT $2",
    );
    let most = limits::RECEIPTS_MEMBERS;
    let rows: Vec<Row> = query.bind(room.0).bind(i64::from(most) + 1).fetch_all(db).await?;
    Ok((rows.len() <= most as usize).then_some(rows))
}
