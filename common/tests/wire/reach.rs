//! How far the events of a room have come.

use crate::{cast::GENERAL, snapshots::assert_exchange};
use common::reach::{Complete, GetReach, Reach, ReportReach};

#[test]
fn a_connection_says_what_it_has() {
    assert_exchange(ReportReach { rooms: vec![Complete { room: GENERAL, seq: 7 }] }, ());
}

#[test]
fn an_author_asks_whom_a_message_has_reached() {
    assert_exchange(GetReach { room: GENERAL, seq: 7 }, Reach { reached: 2, connected: 3 });
}
