//! Parses search input: words, phrases and filters. No input is invalid: an unknown filter is a word.

use crate::search::{
    fold::{Folded, is_of_word},
    grams::Has,
};
use common::Millis;

const DAY: Millis = 24 * 60 * 60 * 1000;

#[derive(Debug, Default, PartialEq)]
pub struct Query {
    pub terms: Vec<Term>,
    /// Handles.
    pub from: Vec<String>,
    /// Room names, room ids, or `@handle` for a conversation.
    pub within: Vec<String>,
    pub has: Vec<Has>,
    /// The earliest time, inclusive.
    pub after: Option<Millis>,
    /// The latest time, exclusive.
    pub before: Option<Millis>,
    /// Filters with an invalid value.
    pub unknown: Vec<String>,
}

/// A part of a text, folded. A short one matches only the beginning of a word; a single letter or number
/// only a whole word.
#[derive(Debug, PartialEq)]
pub struct Term(pub Vec<char>);

impl Query {
    /// Parses the input. `utc_offset` is in minutes; days follow the reader's clock.
    pub fn read(typed: &str, utc_offset: i32) -> Self {
        let mut query = Self::default();
        for Word { filter, value } in words(typed) {
            match filter {
                None => query.terms.extend(Term::of(&value)),
                Some(filter) if value.is_empty() => query.unknown.push(format!("{filter}:")),
                Some(filter) => query.narrow(&filter, value, utc_offset),
            }
        }
        query
    }

    fn narrow(&mut self, filter: &str, value: String, utc_offset: i32) {
        let day = || midnight(&value, utc_offset);
        let understood = match filter {
            "from" => {
                self.from.push(value.trim_start_matches('@').to_lowercase());
                Some(())
            }
            "in" => {
                self.within.push(value.clone());
                Some(())
            }
            "has" => has(&value).map(|has| self.has.push(has)),
            "after" => day().map(|day| self.not_before(day)),
            "before" => day().map(|day| self.not_after(day)),
            _ => day().map(|day| {
                self.not_before(day);
                self.not_after(day + DAY);
            }),
        };
        if understood.is_none() {
            self.unknown.push(format!("{filter}:{value}"));
        }
    }

    fn not_before(&mut self, at: Millis) {
        self.after = Some(self.after.map_or(at, |after| after.max(at)));
    }

    fn not_after(&mut self, at: Millis) {
        self.before = Some(self.before.map_or(at, |before| before.min(at)));
    }

    /// Returns whether the query has no condition.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Term {
    fn of(typed: &str) -> Option<Self> {
        let folded = Folded::of(typed).chars;
        let text: String = folded.into_iter().collect();
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.chars().collect()))
    }

    /// Returns the next match in a folded text from a place on.
    pub fn find(&self, text: &[char], mut from: usize) -> Option<usize> {
        let wanted = self.0.as_slice();
        let letters = wanted.iter().filter(|c| is_of_word(**c)).count();
        let is_short = letters == wanted.len() && letters < 3;
        let is_letter = |place: Option<usize>| place.and_then(|place| text.get(place)).is_some_and(|c| is_of_word(*c));
        loop {
            let place = from + text.get(from..)?.windows(wanted.len()).position(|part| part == wanted)?;
            let begins = !is_letter(place.checked_sub(1));
            let ends = !is_letter(Some(place + wanted.len()));
            if !is_short || (begins && (letters > 1 || ends)) {
                return Some(place);
            }
            from = place + 1;
        }
    }
}

struct Word {
    filter: Option<String>,
    value: String,
}

/// Splits words; a quoted phrase is a single word. An open quote extends to the end.
fn words(typed: &str) -> Vec<Word> {
    let (mut words, mut rest) = (Vec::new(), typed.trim_start());
    while !rest.is_empty() {
        let filter = rest.split_once(':').map(|(name, _)| name).filter(|name| is_filter(name));
        let value = filter.map_or(rest, |name| &rest[name.len() + 1..]);
        let (value, after) = match value.strip_prefix(['"', '“', '„']) {
            Some(phrase) => phrase.split_once(['"', '”', '“']).unwrap_or((phrase, "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        words.push(Word { filter: filter.map(str::to_lowercase), value: value.to_owned() });
        rest = after.trim_start();
    }
    words
}

fn is_filter(name: &str) -> bool {
    ["from", "in", "has", "before", "after", "on"].contains(&name.to_lowercase().as_str())
}

fn has(name: &str) -> Option<Has> {
    match name.to_lowercase().as_str() {
        "link" | "links" => Some(Has::Link),
        "file" | "files" => Some(Has::File),
        "image" | "images" => Some(Has::Image),
        _ => None,
    }
}

/// Returns the start of a day such as `2026-11-24`, on a clock `utc_offset` minutes ahead of UTC.
fn midnight(day: &str, utc_offset: i32) -> Option<Millis> {
    let mut parts = day.split('-');
    let (year, month, of_month) = (parts.next()?, parts.next()?, parts.next()?);
    let month = time::Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let date = time::Date::from_calendar_date(year.parse().ok()?, month, of_month.parse().ok()?).ok()?;
    let is_all = parts.next().is_none();
    is_all.then(|| date.midnight().assume_utc().unix_timestamp() * 1000 - Millis::from(utc_offset) * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(typed: &str) -> Vec<String> {
        Query::read(typed, 0).terms.into_iter().map(|term| term.0.into_iter().collect()).collect()
    }

    #[test]
    fn the_parser_separates_words_phrases_and_filters() {
        let query =
            Query::read(r#"Punched "the  Cards" from:@Ada in:"my room" has:Link https://example.org foo:bar"#, 0);
        let terms: Vec<String> = query.terms.iter().map(|term| term.0.iter().collect()).collect();
        assert_eq!(terms, ["punched", "the cards", "https://example.org", "foo:bar"]);
        assert_eq!(
            (query.from, query.within, query.has),
            (vec!["ada".into()], vec!["my room".into()], vec![Has::Link])
        );
        assert_eq!(terms_of_nothing(), Vec::<String>::new());
    }

    fn terms_of_nothing() -> Vec<String> {
        [terms(""), terms("  \n"), terms("\"\"")].concat()
    }

    #[test]
    fn days_follow_the_readers_clock() {
        let query = Query::read("after:1970-01-02 before:1970-01-04", 60);
        assert_eq!((query.after, query.before), (Some(DAY - 3_600_000), Some(3 * DAY - 3_600_000)));
        let query = Query::read("on:1970-01-02", -60);
        assert_eq!((query.after, query.before), (Some(DAY + 3_600_000), Some(2 * DAY + 3_600_000)));
    }

    #[test]
    fn the_parser_reports_invalid_filters() {
        let query = Query::read("from: has:teeth before:tomorrow on:2026-02-30 after:1-2-3-4", 0);
        assert_eq!(query.unknown, ["from:", "has:teeth", "before:tomorrow", "on:2026-02-30", "after:1-2-3-4"]);
        assert!(query.terms.is_empty());
    }

    #[test]
    fn operators_are_ordinary_words() {
        assert_eq!(
            terms("a OR b NEAR/2 (c* ^d) \"unclosed quote"),
            ["a", "or", "b", "near/2", "(c*", "^d)", "unclosed quote"]
        );
    }

    #[test]
    fn short_terms_match_only_the_beginning_of_a_word() {
        let found = |term: &str, text: &str| Term::of(term).unwrap().find(&Folded::of(text).chars, 0);
        assert_eq!((found("he", "The hen"), found("he", "the")), (Some(4), None));
        assert_eq!((found("c", "abc C, cc"), found("c", "cc")), (Some(4), None));
        assert_eq!((found("hen", "the"), found("the", "Breathe")), (None, Some(4)));
        assert_eq!((found("国", "中国"), found("1.", "v1.2")), (Some(1), Some(1)));
    }
}
