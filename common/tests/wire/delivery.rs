//! How far the events of a room have come.

use crate::{cast::GENERAL, snapshots::assert_exchange};
use common::delivery::{Delivery, GetDelivery, LogPosition, ReportDelivery};

#[test]
fn a_connection_says_what_it_has() {
    assert_exchange(ReportDelivery { rooms: vec![LogPosition { room: GENERAL, seq: 7 }] }, ());
}

#[test]
fn an_author_asks_whom_a_message_has_reached() {
    assert_exchange(GetDelivery { room: GENERAL, seq: 7 }, Delivery { reached: 2, connected: 3 });
}
