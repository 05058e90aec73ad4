//! Time zones.

use common::Millis;
use jiff::{Timestamp, tz::TimeZone};

/// Returns the minutes since midnight in a time zone; `None` for an unknown zone.
pub fn minute_in(zone: &str, at: Millis) -> Option<u16> {
    let time = TimeZone::get(zone).ok()?.to_datetime(Timestamp::from_millisecond(at).ok()?);
    u16::try_from(i16::from(time.hour()) * 60 + i16::from(time.minute())).ok()
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
