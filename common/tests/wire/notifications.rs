//! Of what one is told, when not, and why a badge is there.

use crate::{
    cast::{ADA, GENERAL, GRACE, MORNING, general},
    snapshots::{assert_exchange, assert_snapshot},
};
use common::{
    notifications::{
        Badge, BadgeMessage, BadgeReply, Daily, ExplainBadge, ExplainThreadBadge, Level, Quiet, Reason, SetLevel,
    },
    rooms::RoomSummary,
};

/// Until the afternoon, and every night.
pub fn nights() -> Quiet {
    let daily = Daily { from: 22 * 60, to: 7 * 60, zone: "Europe/London".into() };
    Quiet { until: Some(MORNING + 3_600_000), daily: Some(daily) }
}

#[test]
fn a_level_is_chosen_for_a_room_and_shows_in_its_summary() {
    assert_exchange(SetLevel { room: GENERAL, level: Level::None }, ());
    assert_snapshot("room_muted", &RoomSummary { level: Some(Level::None), ..general() });
}

#[test]
fn one_is_not_disturbed_until_a_time_or_in_a_part_of_every_day() {
    assert_exchange(nights(), ());
    assert_eq!(serde_json::from_str::<Quiet>("{}").expect("it is one"), Quiet::default());
}

#[test]
fn a_badge_is_explained_by_its_messages() {
    let explained = BadgeMessage { seq: 3, author: ADA, excerpt: "Hello, Grace!".into(), reason: Reason::Mention };
    let badge = Badge { level: Level::Mentions, unread: 1, messages: vec![explained] };
    assert_exchange(ExplainBadge { room: GENERAL }, badge);
    let reply = BadgeMessage { seq: 4, author: GRACE, excerpt: "Hello, Ada!".into(), reason: Reason::Reply };
    assert_exchange(ExplainThreadBadge {}, vec![BadgeReply { room: GENERAL, level: Level::Mentions, reply }]);
}
