//! Trigrams: this module builds the text that FTS5's trigram tokenizer indexes, and the matching queries.
//!
//! - A folded text, with signs as spaces, gives all groups of three characters. So the index finds any part
//!   of at least three characters. A space precedes each word, so its first two letters form a trigram, too.
//! - Scripts with words of one or two characters give single characters and pairs, padded with marks.
//! - A mark with a number stands for the room, for the author, and for each feature of the message.

use crate::search::fold::{Folded, is_dense, is_of_word};

/// Marks and digits are private-use characters, which folded texts cannot contain.
const ROOM: char = '\u{F0000}';

const AUTHOR: char = '\u{F0001}';

const HAS: char = '\u{F0002}';

const DENSE: char = '\u{F0003}';

const ZERO: u32 = 0xF1000;

/// Numbers have two digits.
const BASE: u32 = 0x8000;

/// The most trigrams of a query to look up; the check of each match covers the rest.
const ASKED_MOST: usize = 8;

type Gram = [char; 3];

/// A feature of a message beside its words. Every message has [`Has::All`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Has {
    All,
    Link,
    File,
    Image,
}

/// The facts of a message beside its text.
pub struct Facts {
    pub room: u32,
    pub author: u32,
    pub has: Vec<Has>,
}

fn numbered(mark: char, number: u32) -> Gram {
    let digit = |digit: u32| char::from_u32(ZERO + digit % BASE).unwrap_or(mark);
    [mark, digit(number / BASE), digit(number)]
}

/// Returns the text that the tokenizer splits into a message's trigrams.
pub fn written(text: &str, facts: &Facts) -> String {
    let mut all = String::with_capacity(text.len() + 64);
    all.extend(numbered(ROOM, facts.room));
    all.extend(numbered(AUTHOR, facts.author));
    for has in [Has::All].iter().chain(&facts.has) {
        all.extend(numbered(HAS, *has as u32));
    }
    let words = spaced(&Folded::of(text).chars);
    all.push(' ');
    all.extend(&words);
    all.push(' ');
    for (place, &c) in words.iter().enumerate() {
        let next = words.get(place + 1).copied().unwrap_or(' ');
        if is_dense(c) {
            all.extend([DENSE, DENSE, c]);
        }
        if is_pair(c, next) {
            all.extend([DENSE, c, next]);
        }
    }
    all
}

fn is_pair(c: char, next: char) -> bool {
    c != ' ' && next != ' ' && (is_dense(c) || is_dense(next))
}

/// Replaces each run of other characters with a space, and trims both ends.
fn spaced(chars: &[char]) -> Vec<char> {
    let mut spaced = Vec::with_capacity(chars.len());
    for &c in chars {
        let c = if is_of_word(c) || is_dense(c) { c } else { ' ' };
        if c != ' ' || spaced.last().is_some_and(|&last| last != ' ') {
            spaced.push(c);
        }
    }
    if spaced.last() == Some(&' ') {
        spaced.pop();
    }
    spaced
}

/// An FTS5 expression. User input contributes only letters, numbers and pictures, in quotes, so it cannot
/// inject operators.
#[derive(Default)]
pub struct IndexQuery {
    alternatives: Vec<Gram>,
    grams: Vec<Gram>,
}

impl IndexQuery {
    /// Limits the query to these rooms.
    pub fn in_one_of(&mut self, rooms: impl IntoIterator<Item = u32>) {
        self.alternatives.extend(rooms.into_iter().map(|number| numbered(ROOM, number)));
    }

    pub fn by(&mut self, author: u32) {
        self.grams.push(numbered(AUTHOR, author));
    }

    pub fn with(&mut self, has: Has) {
        self.grams.push(numbered(HAS, has as u32));
    }

    /// Adds a part of a text, folded.
    pub fn for_part(&mut self, part: &[char]) {
        let words = spaced(part);
        let grams = match *words.as_slice() {
            [] => vec![],
            [c] if is_dense(c) => vec![[DENSE, DENSE, c]],
            [c] => vec![[' ', c, ' ']],
            [c, d] if is_pair(c, d) => vec![[DENSE, c, d]],
            [c, d] => vec![[' ', c, d]],
            ref long => long.windows(3).map(|gram| [gram[0], gram[1], gram[2]]).collect(),
        };
        for gram in grams {
            if !self.grams.contains(&gram) {
                self.grams.push(gram);
            }
        }
    }

    /// Returns the expression; an empty query matches all messages.
    pub fn expression(mut self) -> String {
        if self.grams.is_empty() && self.alternatives.is_empty() {
            self.with(Has::All);
        }
        let quoted = |gram: &Gram| format!("\"{}\"", gram.iter().collect::<String>());
        // Every second or third trigram of a long query is nearly as selective, and each costs a list scan.
        let step = self.grams.len().div_ceil(ASKED_MOST).max(1);
        let mut all: Vec<String> = self.grams.iter().step_by(step).map(quoted).collect();
        if !self.alternatives.is_empty() {
            let rooms: Vec<String> = self.alternatives.iter().map(quoted).collect();
            all.insert(0, format!("({})", rooms.join(" OR ")));
        }
        all.join(" AND ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grams_of(text: &str) -> Vec<String> {
        let chars: Vec<char> = written(text, &Facts { room: 1, author: 70_000, has: vec![] }).chars().collect();
        chars.windows(3).map(|gram| gram.iter().collect()).collect()
    }

    /// Returns the query's trigrams, without quotes and operators.
    fn asked(part: &str) -> Vec<String> {
        let mut asked = IndexQuery::default();
        asked.for_part(&Folded::of(part).chars);
        asked.grams.iter().map(|gram| gram.iter().collect()).collect()
    }

    #[test]
    fn every_part_of_a_text_has_trigrams_of_the_text() {
        let text = "C++ & Rust-like: Größe, v1.2 at 中国銀行で 🎉!";
        let has = grams_of(text);
        for part in
            ["rust", "ust", "t-like: g", "GRÖSSE", "1.2", "c++", "gr", "at", "中国", "銀", "行で", "🎉", "で 🎉"]
        {
            let asks = asked(part);
            assert!(!asks.is_empty(), "{part}");
            assert!(asks.iter().all(|gram| has.contains(gram)), "{part}: {asks:?} in {has:?}");
        }
        assert!(asked("rusty").iter().any(|gram| !has.contains(gram)));
    }

    #[test]
    fn two_letters_match_a_prefix_and_a_single_letter_matches_a_word() {
        assert_eq!((asked("he"), asked("x")), (vec![" he".to_owned()], vec![" x ".to_owned()]));
        assert!(!grams_of("the").contains(&" he".to_owned()));
    }

    #[test]
    fn the_expression_ignores_operators_and_quotes() {
        let mut all = IndexQuery::default();
        for part in ["\"", "a\" OR *", "NEAR(x y)", "^col:", "(((", ".*+?", "-- ; DROP"] {
            all.for_part(&Folded::of(part).chars);
        }
        let expression = all.expression();
        assert!(
            expression.split(" AND ").all(|gram| gram.chars().count() == 5 && gram.starts_with('"')),
            "{expression}"
        );
    }

    #[test]
    fn a_text_cannot_imitate_room_and_author_marks() {
        let mut asked = IndexQuery::default();
        asked.in_one_of([1, 2]);
        asked.by(70_000);
        assert_eq!(
            asked.expression(),
            "(\"\u{F0000}\u{F1000}\u{F1001}\" OR \"\u{F0000}\u{F1000}\u{F1002}\") AND \"\u{F0001}\u{F1002}\u{F2170}\""
        );
    }
}
