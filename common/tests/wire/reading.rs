//! Read positions.

use crate::{cast::GENERAL, snapshots::assert_exchange};
use common::{
    delivery::LogPosition,
    reading::{MarkAllRead, MarkRead, MarkUnread, ReadMoved},
};

/// Everything in the room is read.
pub fn moved() -> ReadMoved {
    ReadMoved { room: GENERAL, seq: 3, unread: 0, mentions: vec![], rewinds: 0, last: 3 }
}

#[test]
fn a_read_position_comes_back_with_what_is_unread_after_it() {
    assert_exchange(MarkRead { room: GENERAL, seq: 3 }, moved());
}

#[test]
fn many_rooms_are_read_up_to_what_one_has_of_them() {
    assert_exchange(MarkAllRead { rooms: vec![LogPosition { room: GENERAL, seq: 3 }] }, ());
}

#[test]
fn a_position_that_was_set_back_says_so_and_what_is_unread_then() {
    let moved = ReadMoved { seq: 2, unread: 1, mentions: vec![3], rewinds: 1, ..moved() };
    assert_exchange(MarkUnread { room: GENERAL, seq: 3 }, moved);
}
