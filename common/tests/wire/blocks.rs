//! Blocks.

use crate::{cast::GRACE, snapshots::assert_exchange};
use common::blocks::BlockPerson;

#[test]
fn a_person_is_blocked() {
    assert_exchange(BlockPerson { person: GRACE, blocked: true }, ());
}
