//! `room:read`: how far a person has read, kept here so that it is the same on all of their devices.

use crate::{
    chat::{Context, Reply},
    db::Db,
    error::Error,
    rooms,
};
use common::{
    PersonId, Seq,
    reading::{MarkRead, ReadMoved},
};

pub async fn mark(ctx: Context, command: MarkRead) -> Result<Reply<ReadMoved>, Error> {
    let person = ctx.person;
    let (moved, is_news) = move_to(&ctx.db, person, &command).await?;
    let reply = Reply::of(moved.clone());
    Ok(if is_news { reply.then(async move |broadcasts| broadcasts.read_moved(person, moved).await) } else { reply })
}

/// Moves the read position forward, at most to the room's last event. Returns where it is now,
/// and whether it moved.
async fn move_to(db: &Db, person: PersonId, command: &MarkRead) -> Result<(ReadMoved, bool), Error> {
    let mut transaction = db.begin().await?;
    rooms::memberships::require(&mut *transaction, person, command.room).await?;
    let last: Seq = sqlx::query_scalar("SELECT last_seq FROM rooms WHERE id = $1")
        .bind(command.room.0)
        .fetch_one(&mut *transaction)
        .await?;
    let moved =
        sqlx::query("UPDATE memberships SET read_seq = $3 WHERE room_id = $1 AND person_id = $2 AND read_seq < $3")
            .bind(command.room.0)
            .bind(person.0)
            .bind(command.seq.min(last))
            .execute(&mut *transaction)
            .await?;
    transaction.commit().await?;
    let summary = rooms::store::summary(db, person, command.room).await?;
    let now = ReadMoved { room: summary.id, seq: summary.read, unread: summary.unread };
    Ok((now, moved.rows_affected() > 0))
}
