//! Small pieces that every feature uses: icons, avatars, refusals, times.

use crate::{platform, provided::provided, state::RowKey};
use common::{Millis, people::Person};
use leptos::prelude::*;
use phosphor_leptos::{IconData, IconWeight};
use std::sync::Arc;

/// An icon, sized by the text around it: `<Icon paths=regular(HASH)/>`.
#[component]
pub fn Icon(paths: &'static str) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 256 256" fill="currentColor" aria-hidden="true" inner_html=paths></svg> }
}

/// The icon in its regular weight. Inlined, so that its five other weights are not in the binary.
#[inline(always)]
pub fn regular(icon: IconData) -> &'static str {
    icon.get(IconWeight::Regular)
}

/// A person's initials on their colour.
#[component]
pub fn Avatar(#[prop(into)] initials: String, hue: u8) -> impl IntoView {
    view! { <span class="avatar" data-hue=hue.to_string() aria-hidden="true">{initials}</span> }
}

/// The avatar of a person, or a blank one for somebody unknown.
pub fn avatar_of(person: Option<&Person>) -> impl IntoView + use<> {
    let (initials, hue) = person.map_or((String::from("?"), 0), |person| (person.initials(), person.hue));
    view! { <Avatar initials hue/> }
}

/// A text, or an attribute, that follows the state. Boxed, so that all of one type share their code:
/// an unboxed closure has the whole machinery compiled for itself.
pub fn live<T>(value: impl Fn() -> T + Send + 'static) -> Box<dyn Fn() -> T + Send> {
    Box::new(value)
}

/// A view that follows the state, boxed like [`live`].
pub fn live_view<V: IntoAny>(view: impl Fn() -> V + Send + 'static) -> Box<dyn Fn() -> AnyView + Send> {
    Box::new(move || view().into_any())
}

/// What happens on an event, boxed like [`live`].
pub fn handle<E>(happens: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(happens)
}

/// Does something now, and again whenever what it reads changes. Boxed like [`live`].
pub fn follow(act: impl FnMut() + 'static) {
    follow_boxed(Box::new(act));
}

/// Has what follows do so whenever a memo changes, whatever that is now. Tracking alone would not: a memo that nobody
/// has read does not know yet what it depends on.
pub fn heed<T: Send + Sync + 'static>(memo: Memo<T>) {
    memo.with(|_| ());
}

fn follow_boxed(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_| act());
}

/// A list of which only what changes is drawn anew: what has the key that it had stays. Boxed like
/// [`live`], and more so: the code that tells old from new is there once for each type of key, which
/// [`Key`] makes one for all lists.
pub fn each<T, K, V>(
    items: impl Fn() -> Vec<T> + Send + Sync + 'static,
    key: impl Fn(&T) -> K + Send + Sync + 'static,
    draw: impl Fn(T) -> V + Send + Sync + 'static,
) -> AnyView
where
    T: Send + 'static,
    K: Into<Key>,
    V: IntoAny + 'static,
{
    let draw = Arc::new(draw);
    keyed(Box::new(move || {
        let item = |item: T| {
            let (key, draw) = (key(&item).into(), draw.clone());
            Item { key, draw: Box::new(move || draw(item).into_any()) }
        };
        items().into_iter().map(item).collect()
    }))
}

/// What tells an item of a list from every other one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Words(String),
    Row(RowKey),
}

impl From<String> for Key {
    fn from(words: String) -> Self {
        Key::Words(words)
    }
}

impl From<RowKey> for Key {
    fn from(row: RowKey) -> Self {
        Key::Row(row)
    }
}

struct Item {
    key: Key,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

fn keyed(items: Box<dyn Fn() -> Vec<Item> + Send + Sync>) -> AnyView {
    let draw: fn(Item) -> AnyView = |item| (item.draw)();
    let key: fn(&Item) -> Key = |item| item.key.clone();
    view! { <For each=items key=key children=draw/> }.into_any()
}

/// Names and what is said of each, for a list of definitions.
pub fn facts_of(facts: impl Fn() -> Vec<(&'static str, String)> + Send + Sync + 'static) -> AnyView {
    let key = |(name, words): &(&str, String)| format!("{name} {words}");
    each(facts, key, |(name, words)| view! { <dt>{name}</dt><dd>{words}</dd> })
}

/// A sentence that says why something was not done.
#[component]
pub fn Problem(#[prop(into)] sentence: Signal<Option<String>>) -> impl IntoView {
    live_view(move || sentence.get().map(|sentence| view! { <p class="problem" role="alert">{sentence}</p> }))
}

/// Whether times are shown in the reader's time zone yet. The server, which does not know it,
/// draws in UTC, and the browser first draws the same.
#[derive(Clone, Copy)]
pub struct Zone(RwSignal<bool>);

impl Zone {
    /// Starts with UTC, and goes to the reader's own zone once the page is alive.
    pub fn provide() {
        let is_local = RwSignal::new(false);
        provide_context(Zone(is_local));
        follow(move || is_local.set(true));
    }

    /// The zone of the page that this component is on.
    pub fn of_page() -> Self {
        provided()
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
