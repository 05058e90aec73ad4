//! Pins.

use crate::{
    cast::{GENERAL, GRACE, HELLO, MORNING, hello},
    snapshots::assert_exchange,
};
use common::{
    messages::Message,
    pins::{AddPin, ListPins, Pin, RemovePin},
};

#[test]
fn a_message_is_pinned_and_unpinned() {
    assert_exchange(AddPin { room: GENERAL, message: HELLO }, ());
    assert_exchange(RemovePin { room: GENERAL, message: HELLO }, ());
}

#[test]
fn pinned_messages_are_listed_with_who_pinned_them_and_when() {
    let pin = Pin { person: GRACE, at: MORNING + 4_000 };
    assert_exchange(ListPins { room: GENERAL }, vec![Message { pin: Some(pin), touched: Some(4), ..hello() }]);
}
