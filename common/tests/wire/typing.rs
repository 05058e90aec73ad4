//! "Ada is typing…".

use crate::{cast::GENERAL, snapshots::assert_exchange};
use common::typing::SetTyping;

#[test]
fn saying_that_one_types_gives_nothing() {
    assert_exchange(SetTyping { room: GENERAL, parent: None, typing: true }, ());
}
