//! What was missed.

use crate::{
    cast::{GENERAL, hello},
    snapshots::{assert_exchange, assert_snapshot},
};
use common::{
    ServerEvent,
    catch_up::{CatchUp, LogEntry, MissedEvents},
};

#[test]
fn what_was_missed_comes_as_the_events_that_would_have_told_of_it() {
    let event = ServerEvent::MessagePosted(hello());
    let payload = event.payload().expect("it can be written");
    let logged = LogEntry { seq: 3, name: event.name().into(), payload };
    assert_eq!(logged.clone().event().expect("it reads back"), Some(event));
    assert_exchange(CatchUp { room: GENERAL, after: 2 }, MissedEvents::Events { events: vec![logged], last: 3 });
}

#[test]
fn whoever_missed_too_much_is_told_so() {
    assert_snapshot("missed_too_many", &MissedEvents::TooMany { last: 30_000 });
}
