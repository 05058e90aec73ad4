//! A room's messages page by page, from any position.

use crate::harness::{Device, Workspace, code};
use common::{
    Code, RoomId, Seq, limits,
    messages::{MessagePage, PageAround, ReadAround, ReadNewer, Spot},
    page::{Page, Place},
};

/// Ada in a room with `count` messages, at 2, 3, 4, …
async fn long_room(device: &Device, count: usize) -> RoomId {
    let room = device.creates_room("long").await;
    let texts: Vec<String> = (0..count).map(|number| format!("Message {number}")).collect();
    device.posts_at_once(room, &texts).await;
    room
}

fn seqs(page: &MessagePage) -> Vec<Seq> {
    page.messages.iter().map(|message| message.seq).collect()
}

async fn around(device: &Device, room: RoomId, spot: Spot) -> PageAround {
    device.send(ReadAround { room, spot }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_around_a_message_has_many_earlier_and_some_later_messages() {
    let (_workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let room = long_room(&device, 200).await;
    let PageAround { seq, page } = around(&device, room, Spot::Seq(100)).await;
    let after = Seq::from(limits::PAGE_AFTER);
    let first = 100 + after + 1 - Seq::from(limits::PAGE_MESSAGES);
    assert_eq!((seq, seqs(&page)), (100, (first..=100 + after).collect()));
    assert!(page.earlier && page.later);

    let later = device.send(ReadNewer { room, after: 100 + after }).await.unwrap();
    assert_eq!((later.messages[0].seq, later.messages.len(), later.later), (100 + after + 1, 50, true));
    let last = device.send(ReadNewer { room, after: 190 }).await.unwrap();
    assert_eq!((seqs(&last), last.later), ((191..=201).collect(), false));
    assert_eq!(device.send(ReadNewer { room, after: Seq::MAX }).await.unwrap().messages, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seq_without_a_message_leads_to_the_next_or_the_last_message() {
    let (_workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let room = long_room(&device, 3).await;
    let message = device.opens(room).await.page.messages[0].id;
    device.edits(room, message, "Changed.").await;
    let last = device.posts(room, "The last one.").await.seq;
    for (asked, found) in [(Seq::MIN, 2), (0, 2), (1, 2), (5, last), (last, last), (last + 1, last), (Seq::MAX, last)] {
        let PageAround { seq, page } = around(&device, room, Spot::Seq(asked)).await;
        assert_eq!((seq, seqs(&page)), (found, vec![2, 3, 4, last]), "{asked}");
        assert!(!page.earlier && !page.later);
    }
    let empty = device.creates_room("empty").await;
    assert_eq!(code(device.send(ReadAround { room: empty, spot: Spot::Seq(1) }).await), Code::UnknownMessage);
    assert_eq!(code(device.send(ReadAround { room: empty, spot: Spot::At(0) }).await), Code::UnknownMessage);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_leads_to_the_first_message_from_then_on() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let room = long_room(&device, 120).await;
    sqlx::query("UPDATE messages SET at = seq / 10 * 1000 WHERE room_id = $1")
        .bind(room.0)
        .execute(&mut workspace.database(false).await)
        .await
        .unwrap();
    for (at, found) in [(-5, 2), (0, 2), (1, 10), (1_000, 10), (1_001, 20), (12_000, 120), (99_000, 121)] {
        assert_eq!(around(&device, room, Spot::At(at)).await.seq, found, "{at}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_a_message_renders_the_page_around_it() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let room = long_room(&device, 150).await;
    device.invites(room, [&grace]).await;
    let page = grace.visits(&format!("/rooms/{room}/60")).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Message 58") && !page.body.contains("Message 149"), "{}", page.body);
    assert!(page.body.contains(r#"data-sought="true""#), "{}", page.body);

    let Page::Chat(snapshot) = grace.visits(&format!("/api/page?room={room}&seq=60")).await.json() else {
        panic!("Grace is signed in");
    };
    let Place::Room(view) = snapshot.place else { panic!("a room was expected") };
    assert_eq!((view.sought, view.page.later), (Some(60), true));
    assert_eq!(view.page, around(&device, room, Spot::Seq(60)).await.page);
    for wrong in ["x", "0", "-1", "1/2"] {
        assert_eq!(grace.visits(&format!("/rooms/{room}/{wrong}")).await.status, 404, "{wrong}");
    }
}
