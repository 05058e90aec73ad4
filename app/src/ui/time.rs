//! Times and dates in the reader's time zone.

use super::effect;
use crate::platform;
use common::Millis;
use leptos::prelude::*;

/// Whether times are shown in the reader's time zone yet. The server, which does not know it,
/// draws in UTC, and the browser first draws the same.
#[derive(Clone, Copy)]
pub struct Zone(RwSignal<bool>);

impl Zone {
    /// Starts with UTC, and goes to the reader's own zone once the page is alive.
    pub fn provide() {
        let is_local = RwSignal::new(false);
        provide_context(Zone(is_local));
        effect(move || is_local.set(true));
    }

    /// The zone of the page that this component is on.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Days since 1970-01-01 at a time.
    pub fn day(self, at: Millis) -> i64 {
        const DAY: i64 = 24 * 60 * 60 * 1000;
        let offset = if self.0.get() { platform::utc_offset_minutes(at) * 60_000 } else { 0 };
        (at + offset).div_euclid(DAY)
    }

    /// The time of day, such as "14:05".
    pub fn clock(self, at: Millis) -> String {
        let local = if self.0.get() { platform::local_clock_time(at) } else { None };
        local.unwrap_or_else(|| {
            let minutes = at.div_euclid(60_000).rem_euclid(24 * 60);
            format!("{:02}:{:02}", minutes / 60, minutes % 60)
        })
    }

    /// The time of day to the second, such as "14:05:09".
    pub fn seconds(self, at: Millis) -> String {
        let offset = if self.0.get() { platform::utc_offset_minutes(at) * 60_000 } else { 0 };
        let seconds = (at + offset).div_euclid(1000).rem_euclid(24 * 60 * 60);
        format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    /// "Today", "Yesterday", or the date in words.
    pub fn day_name(self, day: i64) -> String {
        match self.day(platform::now()) - day {
            0 => "Today".into(),
            1 => "Yesterday".into(),
            _ => date_in_words(day),
        }
    }
}

/// A date such as "Monday, 23 November 2026" from days since 1970-01-01, in the proleptic
/// Gregorian calendar.
fn date_in_words(days: i64) -> String {
    const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];
    let weekday = WEEKDAYS[usize::try_from(days.rem_euclid(7)).unwrap_or(0)];
    let (year, month, day) = civil(days);
    format!("{weekday}, {day} {} {year}", MONTHS[month - 1])
}

/// A date such as "2026-11-23" from days since 1970-01-01, as a field for dates has it.
pub fn iso_date(days: i64) -> String {
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}")
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Year, month (1 to 12) and day of the month. Counts in eras of 400 years that begin on 1 March,
/// so that the leap day is the last day of a year.
fn civil(days: i64) -> (i64, usize, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year + era * 400 + i64::from(month <= 2), usize::try_from(month).unwrap_or(1), day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates_across_leap_years() {
        assert_eq!(date_in_words(0), "Thursday, 1 January 1970");
        assert_eq!(date_in_words(11_016), "Tuesday, 29 February 2000");
        assert_eq!(date_in_words(20_780), "Monday, 23 November 2026");
        assert_eq!(date_in_words(-1), "Wednesday, 31 December 1969");
        assert_eq!(iso_date(20_780), "2026-11-23");
    }
}
