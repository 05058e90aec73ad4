//! Read positions: counted for each person, the same on all of their devices.

use crate::harness::{Device, Workspace, code, hears};
use common::{
    Code, RoomId, Seq, ServerEvent,
    delivery::LogPosition,
    limits,
    reading::{MarkAllRead, MarkUnread},
    rooms::RoomSummary,
};

async fn summary(device: &Device, room: RoomId) -> RoomSummary {
    device.snapshot().await.rooms.into_iter().find(|summary| summary.id == room).expect("the person is in the room")
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
async fn joins_and_own_messages_are_not_unread() {
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
async fn marking_as_read_reaches_only_the_persons_own_devices() {
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
async fn a_read_position_never_moves_back_or_past_the_last_event() {
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

    // A position that did not move publishes nothing.
    adas.posts(general, "The end.").await;
    graces.posts(general, "Right.").await;
    let heard = phone.hears_until("Right.").await;
    assert!(!heard.iter().any(|event| matches!(event, ServerEvent::ReadMoved(_))), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_message_is_no_longer_unread() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    adas.posts(general, "Stays.").await;
    adas.posts(general, "Goes.").await;
    let goes = graces.opens(general).await.page.messages[1].id;
    adas.deletes(general, goes).await;
    assert_eq!(read_and_unread(&graces, general).await, (2, 1));
    assert_eq!(graces.reads(general, 2).await.unread, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_marked_as_unread_are_unread_on_all_devices_until_read() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces, mut phone) = (ada.connects().await, grace.connects().await, grace.connects().await);
    let first = adas.posts(general, "One.").await.seq;
    let last = adas.posts(general, "Two.").await.seq;
    graces.reads(general, last).await;
    hears!(phone, ReadMoved);

    let moved = graces.marks_unread(general, last).await;
    assert_eq!((moved.seq, moved.unread, moved.rewinds), (first, 1, 1));
    assert_eq!(hears!(phone, ReadMoved), moved);
    assert_eq!(read_and_unread(&phone, general).await, (first, 1));
    let before = workspace.stored().await;
    assert_eq!(graces.marks_unread(general, last).await, moved, "sent again");
    assert_eq!(workspace.stored().await, before);

    assert_eq!(graces.reads(general, first).await.seq, first, "reading moves it forward only");
    let moved = graces.reads(general, last).await;
    assert_eq!((moved.seq, moved.unread, moved.rewinds), (last, 0, 1));
    for nowhere in [0, -1, last + 1, Seq::MAX, Seq::MIN] {
        let refused = graces.send(MarkUnread { room: general, seq: nowhere }).await;
        assert_eq!(code(refused), Code::UnknownSeq, "{nowhere}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_rooms_are_marked_as_read_up_to_the_seqs_the_client_has() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces, mut phone) = (ada.connects().await, grace.connects().await, grace.connects().await);
    let talk = adas.talks_to([&grace]).await.id;
    let own = adas.creates_private_room("notes").await;
    let in_general = adas.posts(general, "One.").await.seq;
    let in_talk = adas.posts(talk, "Two.").await.seq;
    let later = adas.posts(talk, "Came meanwhile.").await.seq;

    let place = |room, seq| LogPosition { room, seq };
    let rooms = vec![place(general, in_general), place(own, 1), place(RoomId::new(), 1), place(talk, in_talk)];
    graces.send(MarkAllRead { rooms }).await.unwrap();
    assert_eq!(read_and_unread(&graces, general).await, (in_general, 0));
    assert_eq!(read_and_unread(&graces, talk).await, (in_talk, 1));
    let heard = [hears!(phone, ReadMoved), hears!(phone, ReadMoved)];
    assert_eq!(heard.map(|moved| (moved.room, moved.unread)), [(general, 0), (talk, 1)]);
    let too_many = vec![place(talk, later); limits::REPORTED_ROOMS + 1];
    assert_eq!(code(graces.send(MarkAllRead { rooms: too_many }).await), Code::TooLarge);
}

#[tokio::test(flavor = "multi_thread")]
async fn posting_marks_the_room_as_read() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    adas.posts(general, "Anybody here?").await;
    let seq = graces.posts(general, "I am.").await.seq;
    assert_eq!(read_and_unread(&graces, general).await, (seq, 0));
}
