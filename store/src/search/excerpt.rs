//! Excerpts of search results, with the matches marked.

use crate::search::{fold::Folded, query::Term};
use common::search::ExcerptPart;
use std::ops::Range;

/// The most characters before the first match.
const BEFORE: usize = 50;

/// The most characters of an excerpt.
const LENGTH: usize = 240;

/// Returns the excerpt; `None` if the text lacks a term.
pub fn of(text: &str, terms: &[Term]) -> Option<Vec<ExcerptPart>> {
    let folded = Folded::of(text);
    if !terms.iter().all(|term| term.find(&folded.chars, 0).is_some()) {
        return None;
    }
    let finds = finds(&folded, terms);
    let (start, end) = window(text, finds.first().map_or(0, |find| find.start));
    let mut pieces = Vec::new();
    let mut at = start;
    for find in finds.into_iter().filter(|find| find.start >= start && find.end <= end) {
        piece(&mut pieces, &text[at..find.start], false);
        piece(&mut pieces, &text[find.clone()], true);
        at = find.end;
    }
    piece(&mut pieces, &text[at..end], false);
    if start > 0 {
        pieces.insert(0, ExcerptPart { text: "…".into(), found: false });
    }
    if end < text.len() {
        pieces.push(ExcerptPart { text: "…".into(), found: false });
    }
    Some(pieces)
}

/// Returns the byte ranges of the matches, in order and without overlaps.
fn finds(folded: &Folded, terms: &[Term]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for term in terms {
        let mut from = 0;
        while let Some(place) = term.find(&folded.chars, from) {
            from = place + term.0.len();
            all.push(folded.original(place..from));
        }
    }
    all.sort_by_key(|find| (find.start, find.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for find in all {
        match apart.last_mut() {
            Some(last) if find.start <= last.end => last.end = last.end.max(find.end),
            _ => apart.push(find),
        }
    }
    apart
}

/// Returns the byte range around a match to show.
fn window(text: &str, place: usize) -> (usize, usize) {
    let start = text[..place].char_indices().rev().nth(BEFORE).map_or(0, |(start, _)| start);
    // Do not start inside a word.
    let start = if start == 0 { 0 } else { text[start..place].find(' ').map_or(start, |space| start + space + 1) };
    let end = text[start..].char_indices().nth(LENGTH).map_or(text.len(), |(end, _)| start + end);
    (start, end)
}

fn piece(pieces: &mut Vec<ExcerptPart>, text: &str, found: bool) {
    if !text.is_empty() {
        let text = text.replace(['\n', '\r', '\t'], " ");
        pieces.push(ExcerptPart { text, found });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::Query;

    fn marked(text: &str, query: &str) -> Option<String> {
        let pieces = of(text, &Query::read(query, 0).terms)?;
        Some(
            pieces
                .into_iter()
                .map(|piece| if piece.found { format!("[{}]", piece.text) } else { piece.text })
                .collect(),
        )
    }

    #[test]
    fn the_excerpt_marks_all_terms() {
        assert_eq!(marked("The Café’s cafes", "cafe").unwrap(), "The [Café]’s [cafe]s");
        assert_eq!(marked("abcdef", "abc bcd def").unwrap(), "[abcdef]");
        assert_eq!(marked("one\ntwo", "\"one two\"").unwrap(), "[one two]");
        assert_eq!(marked("All of it", "").unwrap(), "All of it");
        assert_eq!(marked("The cards", "cards missing"), None);
        assert_eq!(marked("<b>&amp;</b>", "amp").unwrap(), "<b>&[amp];</b>", "it is text");
    }

    #[test]
    fn the_excerpt_of_a_long_text_surrounds_the_first_match() {
        let text = format!("{} needle {}", "é".repeat(3_000), "hay ".repeat(2_000));
        let excerpt = marked(&text, "needle").unwrap();
        assert!(excerpt.starts_with("…") && excerpt.ends_with('…') && excerpt.contains("[needle]"), "{excerpt}");
        assert!(excerpt.chars().count() <= LENGTH + 5, "{excerpt}");
    }
}
