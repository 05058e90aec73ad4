//! Saved messages.

use crate::{
    cast::{GENERAL, HELLO, MORNING, hello},
    snapshots::assert_exchange,
};
use common::saved::{AddSaved, ListSaved, RemoveSaved, SavedMessage, SavedPage};

#[test]
fn a_message_is_saved_and_saved_no_longer() {
    assert_exchange(AddSaved { room: GENERAL, message: HELLO }, ());
    assert_exchange(RemoveSaved { room: GENERAL, message: HELLO }, ());
}

#[test]
fn saved_messages_are_listed_page_by_page_with_when_they_were_saved() {
    let saved = vec![SavedMessage { message: hello(), at: MORNING + 9_000 }];
    assert_exchange(ListSaved { after: None }, SavedPage { saved, more: false });
    let first: ListSaved = serde_json::from_str("{}").expect("it is one");
    assert_eq!(first, ListSaved { after: None });
}
