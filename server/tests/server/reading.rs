//! How far people have read: counted for each, the same on all of their devices.

use crate::harness::{Device, Workspace, hears};
use common::{RoomId, Seq, ServerEvent, limits, rooms::RoomSummary};

async fn summary(device: &Device, room: RoomId) -> RoomSummary {
    device.snapshot().await.rooms.into_iter().find(|summary| summary.id == room).expect("one is in the room")
}

async fn read_and_unread(device: &Device, room: RoomId) -> (Seq, u32) {
    let summary = summary(device, room).await;
    (summary.read, summary.unread)
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_of_others_are_unread_until_they_are_marked_as_read() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    for text in ["one", "two", "three"] {
        adas.posts(general, text).await;
    }
    assert_eq!(read_and_unread(&graces, general).await, (2, 3));
    assert_eq!(read_and_unread(&adas, general).await, (5, 0));

    let moved = graces.reads(general, 4).await;
    assert_eq!((moved.room, moved.seq, moved.unread), (general, 4, 1));
    assert_eq!(read_and_unread(&graces, general).await, (4, 1));
    graces.reads(general, 5).await;
    assert_eq!(read_and_unread(&graces, general).await, (5, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn joins_and_ones_own_messages_are_not_unread() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    workspace.sign_up("Alan Turing").await;
    assert_eq!(read_and_unread(&adas, general).await, (1, 0));
    graces.posts(general, "Welcome, Alan.").await;
    assert_eq!(read_and_unread(&adas, general).await, (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn unread_messages_are_counted_up_to_a_hundred() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let many: Vec<String> = (0..=limits::UNREAD_COUNTED).map(|n| format!("Message {n}")).collect();
    let graces = grace.connects().await;
    graces.settled().await;
    ada.connects().await.posts_at_once(general, &many).await;
    assert_eq!(read_and_unread(&graces, general).await, (2, limits::UNREAD_COUNTED));
}

#[tokio::test(flavor = "multi_thread")]
async fn marking_as_read_is_told_to_ones_own_devices_only() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (mut adas, graces, mut phone) = (ada.connects().await, grace.connects().await, grace.connects().await);
    let seq = adas.posts(general, "Read this.").await.seq;

    let moved = graces.reads(general, seq).await;
    assert_eq!(hears!(phone, ReadMoved), moved);
    graces.posts(general, "I have.").await;
    let heard = adas.hears_until("I have.").await;
    assert!(!heard.iter().any(|event| matches!(event, ServerEvent::ReadMoved(_))), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_position_never_moves_back_nor_past_the_last_event() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces, mut phone) = (ada.connects().await, grace.connects().await, grace.connects().await);
    let seq = adas.posts(general, "Read this.").await.seq;

    assert_eq!(graces.reads(general, Seq::MAX).await.seq, seq);
    hears!(phone, ReadMoved);
    let before = workspace.stored().await;
    for back in [0, 1, seq, -1, Seq::MIN] {
        let still = graces.reads(general, back).await;
        assert_eq!((still.seq, still.unread), (seq, 0));
    }
    assert_eq!(workspace.stored().await, before);

    // What did not move is no news.
    adas.posts(general, "The end.").await;
    graces.posts(general, "Right.").await;
    let heard = phone.hears_until("Right.").await;
    assert!(!heard.iter().any(|event| matches!(event, ServerEvent::ReadMoved(_))), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_posts_has_read_up_to_there() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    adas.posts(general, "Anybody here?").await;
    let seq = graces.posts(general, "I am.").await.seq;
    assert_eq!(read_and_unread(&graces, general).await, (seq, 0));
}
