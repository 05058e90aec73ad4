//! Reactions.

use crate::{
    cast::{ADA, GENERAL, GRACE, HELLO, hello},
    snapshots::{assert_exchange, assert_reads_back, assert_snapshot},
};
use common::{
    messages::Message,
    reactions::{AddReaction, Reaction, RemoveReaction},
};

#[test]
fn a_reaction_is_put_under_a_message_and_taken_away() {
    let emoji = || "👍".to_owned();
    assert_exchange(AddReaction { room: GENERAL, message: HELLO, emoji: emoji() }, ());
    assert_exchange(RemoveReaction { room: GENERAL, message: HELLO, emoji: emoji() }, ());
}

#[test]
fn a_message_comes_with_its_reactions() {
    let reactions = vec![
        Reaction { emoji: "👍".into(), people: vec![GRACE, ADA] },
        Reaction { emoji: "🎉".into(), people: vec![ADA] },
    ];
    let message = Message { reactions, touched: Some(6), ..hello() };
    assert_reads_back(&message);
    assert_snapshot("message_with_reactions", &message);
}
