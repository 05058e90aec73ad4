//! The indexer: follows the rooms' logs.

use crate::{
    db::Db,
    error::Error,
    search::index::{Indexed, Writer},
};
use common::Seq;
use futures::FutureExt;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// The batch size in events.
const TOGETHER: usize = 128;

/// While people post, the indexer rests in proportion to its work, within these limits: posts have
/// priority.
const REST_IN_WORK: u32 = 3;

const SHORTEST_REST: Duration = Duration::from_millis(20);

const LONGEST_REST: Duration = Duration::from_secs(1);

/// The rest after an error.
const LONG_REST: Duration = Duration::from_secs(10);

impl Writer {
    /// Indexes the logs until the database closes.
    pub async fn follow(mut self, db: Db) {
        while !db.read.is_closed() {
            let begun = Instant::now();
            let rest = match self.catch_up(&db).await {
                // No new events during the rest.
                Ok(true) if db.changed_or_closed().now_or_never().is_none() => Duration::ZERO,
                Ok(true) => (begun.elapsed() * REST_IN_WORK).clamp(SHORTEST_REST, LONGEST_REST),
                Ok(false) => {
                    db.changed_or_closed().await;
                    continue;
                }
                Err(_) if db.read.is_closed() => break,
                Err(error) => {
                    self.forget_numbers();
                    tracing::warn!(refusal = %error.into_refusal(), "the search index cannot catch up");
                    LONG_REST
                }
            };
            tokio::select! {
                () = tokio::time::sleep(rest) => {}
                () = db.read.close_event() => {}
            }
        }
        self.close().await;
    }

    /// Indexes a batch; returns whether it had events.
    async fn catch_up(&mut self, db: &Db) -> Result<bool, Error> {
        let rooms: Vec<(Uuid, Seq)> = sqlx::query_as("SELECT id, last_seq FROM rooms").fetch_all(&db.read).await?;
        let (mut left, mut is_news) = (TOGETHER, false);
        for (room, last) in rooms {
            let place = self.places.get(&room).copied().unwrap_or_default();
            if place == last {
                continue;
            }
            is_news = true;
            // A shorter log means that the data folder is a restored copy: index the room again.
            let after = if place > last { 0 } else { place };
            let (messages, place) = changed(db, room, after, last, left).await?;
            self.take_in(room, &messages, place).await?;
            left = left.saturating_sub(messages.len());
            if left == 0 {
                break;
            }
        }
        Ok(is_news)
    }
}

/// Returns the current state of the messages in a batch of events, without duplicates, and the batch's end.
async fn changed(db: &Db, room: Uuid, after: Seq, last: Seq, most: usize) -> Result<(Vec<Indexed>, Seq), Error> {
    let rows: Vec<(Seq, Uuid)> = sqlx::query_as(
        "SELECT seq, message_id FROM events WHERE room_id = $1 AND seq > $2 AND message_id IS NOT NULL
         ORDER BY seq LIMIT $3",
    )
    .bind(room)
    .bind(after)
    .bind(i64::try_from(most).unwrap_or(i64::MAX))
    .fetch_all(&db.read)
    .await?;
    let place = if rows.len() < most { last.max(rows.last().map_or(0, |row| row.0)) } else { rows[most - 1].0 };
    let mut messages: Vec<Indexed> = sqlx::query_as(
        "SELECT DISTINCT m.id, m.room_id, m.author_id, m.text, m.attachments, m.at, coalesce(m.revision = 'deleted', FALSE) AS is_deleted
         FROM events e JOIN messages m ON m.id = e.message_id
         WHERE e.room_id = $1 AND e.seq > $2 AND e.seq <= $3",
    )
    .bind(room)
    .bind(after)
    .bind(place)
    .fetch_all(&db.read)
    .await?;
    messages.sort_by_key(|message| message.at);
    Ok((messages, place))
}
