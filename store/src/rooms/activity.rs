//! Rooms by activity.

use crate::{clock, db::Db, error::Error};
use common::{
    Millis, RoomId,
    console::{ListActivity, RoomActivity},
    limits,
};
use uuid::Uuid;

const DAY: Millis = 24 * 60 * 60 * 1000;

/// Returns a page of rooms by last activity, without direct conversations.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn by_activity(db: &Db, asked: &ListActivity) -> Result<Vec<RoomActivity>, Error> {
    type Row = (Uuid, String, Millis, Option<i64>, i64, i64);
    let words = asked.query.trim().trim_start_matches('#');
    // The query counts only the rooms of this page.
    let query = "WITH page AS MATERIALIZED (
                     SELECT id, name, active_at, retention FROM rooms
                     WHERE kind <> 'direct' AND (instr(coalesce(name_key, lower(name)), $1) > 0 OR instr(name, $6) > 0)
                       AND ($2 IS NULL OR (active_at, id) < ($2, $3))
                     ORDER BY active_at DESC, id DESC LIMIT $4)
                 SELECT r.id, r.name, r.active_at, r.retention,
                        (SELECT count(*) FROM memberships m WHERE m.room_id = r.id),
                        (SELECT count(*) FROM (SELECT 1 FROM messages m WHERE m.room_id = r.id AND m.at > $5
                                               ORDER BY m.seq DESC LIMIT 100000))
                 FROM page r ORDER BY r.active_at DESC, r.id DESC";
    let rows: Vec<Row> = sqlx::query_as(query)
        .bind(words.to_lowercase())
        .bind(asked.after.map(|place| place.active_at))
        .bind(asked.after.map(|place| place.room.0))
        .bind(limits::CONSOLE_PAGE as i64)
        .bind(clock::now() - DAY)
        .bind(words)
        .fetch_all(&db.read)
        .await?;
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
