//! The list of emoji.

use crate::snapshots::{assert_reads_back, assert_snapshot};
use common::emoji::{Emoji, Group};
use std::sync::Arc;

#[test]
fn emoji_are_listed_in_groups_with_their_names_and_codes() {
    let emoji = |emoji: &str, name: &str, codes: &[&str]| {
        let codes = codes.iter().map(ToString::to_string).collect();
        Arc::new(Emoji { emoji: emoji.into(), name: name.into(), codes })
    };
    let group = Group {
        name: "Smileys and emotion".into(),
        emoji: vec![emoji("😀", "grinning face", &["grinning"]), emoji("🫥", "dotted line face", &[])],
    };
    assert_reads_back(&group);
    assert_snapshot("emoji_group", &group);
}
