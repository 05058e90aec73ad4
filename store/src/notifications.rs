//! Notifications: of what people want to be told, and when not; and why a badge is there.

use crate::{clock, db::Db, error::Error, rooms};
use common::{
    Code, Millis, PersonId, ServerEvent, limits,
    notifications::{DAY, Level, LevelChanged, Quiet, QuietChanged, SetLevel},
};
use jiff::{Timestamp, tz::TimeZone};

/// Chooses what a member wants to be told of a room.
///
/// # Errors
/// Those of [`rooms::memberships::require`].
pub async fn set_level(db: &Db, person: PersonId, command: SetLevel) -> Result<(), Error> {
    let SetLevel { room, level } = command;
    let mut transaction = db.begin().await?;
    rooms::memberships::require(&mut *transaction, person, room).await?;
    let changed = sqlx::query(
        "UPDATE memberships SET level = $3 WHERE room_id = $1 AND person_id = $2 AND (level IS NULL OR level <> $3)",
    );
    let changed =
        changed.bind(room.0).bind(person.0).bind(name_of(level)).execute(&mut *transaction).await?.rows_affected();
    if changed > 0 {
        transaction.announce_to(person, ServerEvent::LevelChanged(LevelChanged { room, level }));
    }
    transaction.commit().await
}

/// Chooses when a person does not want to be told of anything.
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
    transaction.announce_to(person, ServerEvent::QuietChanged(QuietChanged { quiet }));
    transaction.commit().await
}

fn check(quiet: &Quiet) -> Result<(), Code> {
    let Some(daily) = &quiet.daily else { return Ok(()) };
    let is_known = daily.zone.len() <= limits::ZONE_CHARS && minute_in(&daily.zone, clock::now()).is_some();
    if daily.from < DAY && daily.to < DAY && is_known { Ok(()) } else { Err(Code::BadQuietTime) }
}

/// When a person does not want to be told of anything.
///
/// # Errors
/// When the database does not answer.
pub async fn quiet_of(db: &Db, person: PersonId) -> Result<Quiet, Error> {
    let query = sqlx::query_scalar("SELECT quiet FROM people WHERE id = $1").bind(person.0);
    let written: Option<Option<String>> = query.fetch_optional(&db.read).await?;
    Ok(quiet(written.flatten().as_deref()))
}

/// What a person's row has.
pub fn quiet(written: Option<&str>) -> Quiet {
    written.and_then(|written| serde_json::from_str(written).ok()).unwrap_or_default()
}

/// Minutes since midnight in a time zone; `None` when there is none of that name.
pub fn minute_in(zone: &str, at: Millis) -> Option<u16> {
    let time = TimeZone::get(zone).ok()?.to_datetime(Timestamp::from_millisecond(at).ok()?);
    u16::try_from(i16::from(time.hour()) * 60 + i16::from(time.minute())).ok()
}

/// The level that a stored name stands for.
pub fn level_named(name: &str) -> Option<Level> {
    [Level::All, Level::Mentions, Level::None].into_iter().find(|level| name_of(*level) == name)
}

fn name_of(level: Level) -> &'static str {
    match level {
        Level::All => "all",
        Level::Mentions => "mentions",
        Level::None => "none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_day_depends_on_the_zone_and_the_season() {
        let winter = 1_765_357_200_000; // 2025-12-10T09:00:00Z
        let summer = 1_749_546_000_000; // 2025-06-10T09:00:00Z
        assert_eq!(minute_in("Europe/London", winter), Some(9 * 60));
        assert_eq!(minute_in("Europe/London", summer), Some(10 * 60));
        assert_eq!(minute_in("Asia/Kolkata", winter), Some(14 * 60 + 30));
        assert_eq!(minute_in("Nowhere/Here", winter), None);
    }
}
