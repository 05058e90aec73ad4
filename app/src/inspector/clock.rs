//! Times to the second and to the millisecond.

use crate::{platform, ui::iso_date};
use common::Millis;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// The reader's time of day, such as "14:05:33".
pub fn of_day(at: Millis) -> String {
    let (seconds, _) = split(at + platform::utc_offset_minutes(at) * 60_000);
    seconds
}

/// The same, such as "14:05:33.120".
pub fn to_the_millisecond(at: Millis) -> String {
    let (seconds, millis) = split(at + platform::utc_offset_minutes(at) * 60_000);
    format!("{seconds}.{millis:03}")
}

/// A moment for programs, such as "2026-11-23T14:05:33.120Z".
pub fn iso(at: Millis) -> String {
    let (seconds, millis) = split(at);
    format!("{}T{seconds}.{millis:03}Z", iso_date(at.div_euclid(DAY)))
}

fn split(at: Millis) -> (String, i64) {
    let of_day = at.rem_euclid(DAY);
    let seconds = of_day / 1000;
    (format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60), of_day % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_for_people_and_for_programs() {
        let at = 1_765_357_203_120;
        assert_eq!((of_day(at).as_str(), to_the_millisecond(at).as_str()), ("09:00:03", "09:00:03.120"));
        assert_eq!(iso(at), "2025-12-10T09:00:03.120Z");
    }
}
