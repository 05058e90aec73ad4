//! Finding messages again.

use crate::{
    cast::{ADA, GENERAL, HELLO, MORNING},
    snapshots::{assert_exchange, assert_snapshot},
};
use common::search::{ExcerptPart, Hit, SearchMessages, SearchPage};

#[test]
fn a_search_finds_messages_with_what_was_searched_for_marked() {
    let piece = |text: &str, found| ExcerptPart { text: text.into(), found };
    let excerpt = vec![piece("Hello, ", false), piece("Grace", true), piece("!", false)];
    let hit = Hit { id: HELLO, room: GENERAL, seq: 3, thread: None, author: ADA, at: MORNING + 3_000, excerpt };
    assert_exchange(
        SearchMessages { query: "grace from:ada".into(), utc_offset: 60, next: None },
        SearchPage { hits: vec![hit], next: Some(7_230_903_111_681), unknown: vec![] },
    );
}

#[test]
fn a_filter_that_names_nobody_is_told() {
    assert_snapshot("found_unknown", &SearchPage { unknown: vec!["from:nobody".into()], ..SearchPage::default() });
}
