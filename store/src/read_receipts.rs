//! Read receipts: batches of read positions for the other members of a small room.

use crate::{db::Db, error::Error};
use common::{
    PersonId, RoomId, Seq, limits,
    reading::{Reader, ReadersMoved},
};
use sqlx::SqliteExecutor;
use std::collections::HashSet;
use uuid::Uuid;

/// Read positions to publish, and the members who receive none: hiding your receipts also hides others'
/// from you.
pub struct ReceiptBatch {
    pub moved: ReadersMoved,
    pub not_to: Vec<PersonId>,
}

/// Returns the receipts to publish after these people have read further. Returns `None` for a large room,
/// or if all of them hide their receipts.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn batch(db: &Db, room: RoomId, moved: &HashSet<PersonId>) -> Result<Option<ReceiptBatch>, Error> {
    let Some(members) = in_small_room(&db.read, room).await? else { return Ok(None) };
    let (hidden, shown): (Vec<Row>, Vec<Row>) = members.into_iter().partition(|row| row.hides_reading);
    let readers: Vec<Reader> = shown.iter().map(Row::reader).filter(|reader| moved.contains(&reader.person)).collect();
    let not_to = hidden.iter().map(|row| PersonId(row.person_id)).collect();
    let batch = ReceiptBatch { moved: ReadersMoved { room, readers }, not_to };
    Ok((!batch.moved.readers.is_empty()).then_some(batch))
}

/// Returns the other members' read positions in a room that `person` may see.
///
/// # Errors
/// Returns an error if the database fails.
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

/// Returns the members of a room; `None` for a large room.
async fn in_small_room(db: impl SqliteExecutor<'_>, room: RoomId) -> Result<Option<Vec<Row>>, Error> {
    let query = sqlx::query_as(
        "SELECT m.person_id, m.read_seq, p.hides_reading FROM memberships m JOIN people p ON p.id = m.person_id
         WHERE m.room_id = $1 LIMIT $2",
    );
    let most = limits::RECEIPTS_MEMBERS;
    let rows: Vec<Row> = query.bind(room.0).bind(i64::from(most) + 1).fetch_all(db).await?;
    Ok((rows.len() <= most as usize).then_some(rows))
}
