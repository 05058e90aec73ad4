//! Notification levels and do not disturb, the same on all devices, and the explanation of a badge.

use crate::harness::{Device, Workspace, code, hears};
use common::{
    Code, RoomId, ServerEvent,
    notifications::{Badge, Daily, ExplainBadge, Level, Quiet, Reason, SetLevel},
};

async fn level(device: &Device, room: RoomId) -> Level {
    let rooms = device.snapshot().await.rooms;
    rooms.into_iter().find(|summary| summary.id == room).expect("the person is in the room").level()
}

async fn explained(device: &Device, room: RoomId) -> Badge {
    device.send(ExplainBadge { room }).await.unwrap()
}

fn nights(zone: &str) -> Quiet {
    Quiet { until: None, daily: Some(Daily { from: 22 * 60, to: 7 * 60, zone: zone.into() }) }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rooms_notification_level_is_personal_and_the_same_on_all_devices() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (mut adas, graces, mut phone) = (ada.connects().await, grace.connects().await, grace.connects().await);
    let talk = graces.talks_to([&ada]).await.id;
    assert_eq!((level(&graces, general).await, level(&graces, talk).await), (Level::Mentions, Level::All));

    graces.send(SetLevel { room: general, level: Level::None }).await.unwrap();
    let changed = hears!(phone, LevelChanged);
    assert_eq!((changed.room, changed.level), (general, Level::None));
    assert_eq!((level(&phone, general).await, level(&adas, general).await), (Level::None, Level::Mentions));
    let before = workspace.stored().await;
    graces.send(SetLevel { room: general, level: Level::None }).await.unwrap();
    assert_eq!(workspace.stored().await, before);
    graces.posts(general, "Quiet here.").await;
    let heard = [adas.hears_until("Quiet here.").await, phone.hears_until("Quiet here.").await].concat();
    assert!(!heard.iter().any(|event| matches!(event, ServerEvent::LevelChanged(_))), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn do_not_disturb_is_private_and_the_same_on_all_devices() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (mut adas, graces, mut phone) = (ada.connects().await, grace.connects().await, grace.connects().await);
    let quiet = Quiet { until: Some(1_765_357_200_000), ..nights("Europe/London") };
    graces.send(quiet.clone()).await.unwrap();
    assert_eq!(hears!(phone, QuietChanged).quiet, quiet);
    assert_eq!(phone.snapshot().await.quiet, quiet);
    assert_eq!(adas.snapshot().await.quiet, Quiet::default());
    graces.send(Quiet::default()).await.unwrap();
    assert_eq!(phone.snapshot().await.quiet, Quiet::default());
    graces.posts(general, "Awake.").await;
    let heard = adas.hears_until("Awake.").await;
    assert!(!heard.iter().any(|event| matches!(event, ServerEvent::QuietChanged(_))), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_times_and_time_zones_are_refused() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let before = workspace.stored().await;
    let long = "Europe/".to_owned() + &"x".repeat(10_000);
    for zone in ["", "Nowhere/Here", "../../etc/passwd", long.as_str()] {
        assert_eq!(code(device.send(nights(zone)).await), Code::BadQuietTime, "{zone}");
    }
    let daily = |from, to| Quiet { until: None, daily: Some(Daily { from, to, zone: "UTC".into() }) };
    for (from, to) in [(1_440, 0), (0, u16::MAX)] {
        assert_eq!(code(device.send(daily(from, to)).await), Code::BadQuietTime);
    }
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_explanation_of_a_badge_lists_the_messages_behind_it() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    assert_eq!(explained(&graces, general).await.messages, []);
    adas.posts(general, "Good\nmorning.").await;
    let badge = explained(&graces, general).await;
    assert_eq!((badge.level, badge.unread, badge.messages.len()), (Level::Mentions, 1, 1));
    let first = &badge.messages[0];
    assert_eq!(
        (first.seq, first.author, first.excerpt.as_str(), first.reason),
        (3, ada.id, "Good morning.", Reason::All)
    );

    adas.posts(general, "@room: tea").await;
    adas.posts(general, "@grace, tea").await;
    let badge = explained(&graces, general).await;
    let reasons: Vec<_> = badge.messages.iter().map(|it| (it.seq, it.reason)).collect();
    assert_eq!((badge.unread, reasons), (3, vec![(4, Reason::Everyone), (5, Reason::Mention)]));

    let talk = adas.talks_to([&grace]).await.id;
    adas.posts(talk, "Tea?").await;
    assert_eq!(explained(&graces, talk).await.messages[0].reason, Reason::Direct);
    graces.reads(general, 5).await;
    assert_eq!(explained(&graces, general).await.messages, []);
}
