//! Stars: a person's favourite rooms, first in the sidebar.

use crate::{clock, db::Db, error::Error, rooms::memberships};
use common::{PersonId, RoomId};

/// Stars or unstars a room; returns whether the state changed.
///
/// # Errors
/// The errors of [`memberships::require`].
pub async fn set(db: &Db, person: PersonId, room: RoomId, starred: bool) -> Result<bool, Error> {
    let mut transaction = db.begin().await?;
    memberships::require(&mut *transaction, person, room).await?;
    let changed = sqlx::query(
        "UPDATE memberships SET starred_at = $3
         WHERE room_id = $1 AND person_id = $2 AND (starred_at IS NULL) <> ($3 IS NULL)",
    )
    .bind(room.0)
    .bind(person.0)
    .bind(starred.then(clock::now))
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(changed.rows_affected() > 0)
}
