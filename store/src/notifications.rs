//! Notification settings: levels per room, and quiet times.

use crate::{
    clock,
    columns::{self, Column},
    db::Db,
    error::Error,
    rooms,
    time_zones::minute_in,
};
use common::{
    Code, PersonId, ServerEvent, limits,
    notifications::{DAY, LevelChanged, Quiet, QuietChanged, SetLevel},
};

/// Sets a member's notification level for a room.
///
/// # Errors
/// The errors of [`rooms::memberships::require`].
pub async fn set_level(db: &Db, person: PersonId, command: SetLevel) -> Result<(), Error> {
    let SetLevel { room, level } = command;
    let mut transaction = db.begin().await?;
    rooms::memberships::require(&mut *transaction, person, room).await?;
    let changed = sqlx::query(
        "UPDATE memberships SET level = $3 WHERE room_id = $1 AND person_id = $2 AND (level IS NULL OR level <> $3)",
    );
    let changed =
        changed.bind(room.0).bind(person.0).bind(level.as_str()).execute(&mut *transaction).await?.rows_affected();
    if changed > 0 {
        transaction.publish_to(person, ServerEvent::LevelChanged(LevelChanged { room, level }));
    }
    transaction.commit().await
}

/// Sets a person's quiet times.
///
/// # Errors
/// [`Code::BadQuietTime`]
pub async fn set_quiet(db: &Db, person: PersonId, quiet: Quiet) -> Result<(), Error> {
    check(&quiet)?;
    let written = (!quiet.is_unset()).then(|| serde_json::to_string(&quiet)).transpose().map_err(anyhow::Error::new)?;
    let mut transaction = db.begin().await?;
    sqlx::query("UPDATE people SET quiet = $2 WHERE id = $1")
        .bind(person.0)
        .bind(written)
        .execute(&mut *transaction)
        .await?;
    transaction.publish_to(person, ServerEvent::QuietChanged(QuietChanged { quiet }));
    transaction.commit().await
}

fn check(quiet: &Quiet) -> Result<(), Code> {
    let Some(daily) = &quiet.daily else { return Ok(()) };
    let is_known = daily.zone.len() <= limits::ZONE_CHARS && minute_in(&daily.zone, clock::now()).is_some();
    if daily.from < DAY && daily.to < DAY && is_known { Ok(()) } else { Err(Code::BadQuietTime) }
}

/// Returns a person's quiet times.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn quiet_of(db: &Db, person: PersonId) -> Result<Quiet, Error> {
    let query = sqlx::query_scalar("SELECT quiet FROM people WHERE id = $1").bind(person.0);
    let written: Option<Option<String>> = query.fetch_optional(&db.read).await?;
    quiet(written.flatten().as_deref())
}

/// Reads quiet times from a person's row.
///
/// # Errors
/// Returns an error if the JSON is invalid.
pub fn quiet(written: Option<&str>) -> Result<Quiet, Error> {
    columns::json(written)
}
