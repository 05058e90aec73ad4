//! Posting and reading back.

use crate::{
    cast::{GENERAL, HELLO, MORNING, page},
    snapshots::assert_exchange,
};
use common::messages::{PostMessage, Posted, ReadHistory};

#[test]
fn a_message_is_posted_under_the_clients_id_and_gets_its_place() {
    assert_exchange(
        PostMessage { id: HELLO, room: GENERAL, text: "Hello, Grace!".into() },
        Posted { seq: 3, at: MORNING + 3_000 },
    );
}

#[test]
fn history_is_a_page_before_a_place() {
    assert_exchange(ReadHistory { room: GENERAL, before: 4 }, page());
}
