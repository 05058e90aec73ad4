//! Presence.

use crate::{
    cast::ADA,
    snapshots::{assert_exchange, assert_reads_back, assert_snapshot},
};
use common::presence::{Presence, SetAway};

#[test]
fn nobody_is_at_a_connection_any_more() {
    assert_exchange(SetAway { away: true }, ());
}

#[test]
fn whoever_is_away_is_connected() {
    let presence = Presence { person: ADA, connections: 1, away: true };
    assert_reads_back(&presence);
    assert_snapshot("presence_away", &presence);
}
