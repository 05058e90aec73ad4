//! Read positions.

use crate::{cast::GENERAL, snapshots::assert_exchange};
use common::reading::{MarkRead, ReadMoved};

#[test]
fn a_read_position_comes_back_with_what_is_unread_after_it() {
    assert_exchange(MarkRead { room: GENERAL, seq: 3 }, ReadMoved { room: GENERAL, seq: 3, unread: 0 });
}
