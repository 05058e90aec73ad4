//! Rooms by activity.

use crate::{clock, db::Db, error::Error};
use common::{Millis, RoomId, console::RoomActivity};
use uuid::Uuid;

/// Rooms that are listed.
const LISTED: i64 = 50;

const DAY: Millis = 24 * 60 * 60 * 1000;

/// The rooms in which something happened last, direct conversations excepted.
///
/// # Errors
/// When the database does not answer.
pub async fn by_activity(db: &Db) -> Result<Vec<RoomActivity>, Error> {
    type Row = (Uuid, String, Millis, Option<i64>, i64, i64);
    let query = "SELECT r.id, r.name, r.active_at, r.retention,
                        (SELECT count(*) FROM memberships m WHERE m.room_id = r.id),
                        (SELECT count(*) FROM (SELECT 1 FROM messages m WHERE m.room_id = r.id AND m.at > $1
                                               ORDER BY m.seq DESC LIMIT 100000))
                 FROM rooms r WHERE r.kind <> 'direct' ORDER BY r.active_at DESC LIMIT $2";
    let rows: Vec<Row> = sqlx::query_as(query).bind(clock::now() - DAY).bind(LISTED).fetch_all(&db.read).await?;
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let rooms = rows.into_iter().map(|(id, name, active_at, retention, members, today)| RoomActivity {
        id: RoomId(id),
        name,
        members: number(members),
        today: number(today),
        active_at,
        retention: retention.map(number),
    });
    Ok(rooms.collect())
}
