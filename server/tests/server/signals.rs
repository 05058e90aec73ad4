//! Events that are never stored: typing and presence.

use crate::harness::{Device, Person, RawSocket, Workspace, hears};
use common::{
    PersonId, ServerEvent,
    delivery::{Delivery, GetDelivery, LogPosition, ReportDelivery},
    presence::Presence,
    typing::SetTyping,
};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn typing_reaches_everyone_in_the_room_but_the_typist() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (laptop, mut phone) = (ada.connects().await, ada.connects().await);
    let (mut graces, mut alans) = (grace.connects().await, alan.connects().await);
    let compilers = laptop.creates_room("compilers").await;
    graces.joins(compilers).await;
    // The reply says that she is a member; from now on she receives unstored events, too.
    assert_eq!(hears!(graces, RoomAdded).id, compilers);
    let before = workspace.stored().await;

    for typing in [true, false] {
        laptop.send(SetTyping { room: compilers, parent: None, typing }).await.unwrap();
        let changed = hears!(graces, TypingChanged);
        assert_eq!((changed.room, changed.person, changed.typing), (compilers, ada.id, typing));
    }
    assert_eq!(workspace.stored().await, before);
    laptop.posts(compilers, "Written.").await;
    laptop.posts(ada.landed_in(), "Written here, too.").await;
    for (device, last) in [(&mut phone, "Written."), (&mut alans, "Written here, too.")] {
        let heard = device.hears_until(last).await;
        assert!(!heard.iter().any(|event| matches!(event, ServerEvent::TypingChanged(_))), "{heard:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn presence_reaches_others_with_the_number_of_connections() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let mut adas = ada.connects().await;
    let laptop = grace.connects().await;
    hears_of(&mut adas, &grace, 1).await;
    let phone = grace.connects().await;
    hears_of(&mut adas, &grace, 2).await;
    laptop.disconnects().await;
    hears_of(&mut adas, &grace, 1).await;
    phone.disconnects().await;
    hears_of(&mut adas, &grace, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_arrivals_are_published_in_batches() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let mut adas = ada.connects().await;
    let graces = futures::future::join_all((0..60).map(|_| grace.connects())).await;
    hears_of(&mut adas, &grace, 60).await;
    futures::future::join_all(graces.into_iter().map(Device::disconnects)).await;
    let told = hears_of(&mut adas, &grace, 0).await;
    assert!(told < 60, "{told} presence events");
    // Publishing resumes: each pause ends.
    let _back = grace.connects().await;
    hears_of(&mut adas, &grace, 1).await;
    adas.posts(general, "Welcome back.").await;
}

/// Returns how many presence events arrived until this one.
async fn hears_of(device: &mut Device, person: &Person, connections: u32) -> usize {
    let mut told = 1;
    while !hears!(device, PresenceChanged).people.contains(&Presence { person: person.id, connections, away: false }) {
        told += 1;
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clients_socket_id_stays_secret_from_others() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let mut adas = ada.connects().await;
    let (socket, mut incomings) = socket::native::connect(grace.options());
    let Some(socket::Incoming::Connected { socket_id, .. }) = futures::StreamExt::next(&mut incomings).await else {
        panic!("not connected");
    };
    loop {
        let heard = hears!(adas, PresenceChanged);
        assert!(!format!("{heard:?}").contains(&socket_id), "{heard:?}");
        if heard.people.iter().any(|person| person.person == grace.id) {
            break;
        }
    }
    drop(socket);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_says_who_is_connected_and_how_often() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let mut adas = ada.connects().await;
    assert_eq!(online(&adas).await, [(ada.id, 1)]);
    let (laptop, phone) = (grace.connects().await, grace.connects().await);
    assert_eq!(online(&adas).await, [(ada.id, 1), (grace.id, 2)]);
    assert_eq!(ada.snapshot().await.presence.len(), 2, "a page tells the same");

    hears_of(&mut adas, &grace, 2).await;
    laptop.disconnects().await;
    hears_of(&mut adas, &grace, 1).await;
    assert_eq!(online(&adas).await, [(ada.id, 1), (grace.id, 1)]);
    phone.disconnects().await;
    hears_of(&mut adas, &grace, 0).await;
    assert_eq!(online(&adas).await, [(ada.id, 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_closed_during_admission_connects_and_disconnects_once() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let mut adas = ada.connects().await;
    for _ in 0..100 {
        drop(RawSocket::joined(workspace.address(), &grace).await);
    }
    // The server decides how many of the visits it publishes.
    while online(&adas).await != [(ada.id, 1)] {
        hears!(adas, PresenceChanged);
    }
}

/// In the order in which the people created their accounts.
async fn online(device: &Device) -> Vec<(PersonId, u32)> {
    let mut online: Vec<(PersonId, u32)> = device
        .snapshot()
        .await
        .presence
        .iter()
        .map(|&Presence { person, connections, .. }| (person, connections))
        .collect();
    online.sort();
    online
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_stops_reading_is_disconnected_and_others_are_unaffected() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let mut adas = ada.connects().await;
    let phone = ada.connects().await;
    let stalled = RawSocket::joined(workspace.address(), &grace).await;
    hears_of(&mut adas, &grace, 1).await;
    // More than the buffers between server and receiver hold.
    let large: Vec<String> = (0..600).map(|n| format!("{n} {}", "x".repeat(19_000))).collect();
    adas.posts_at_once(general, &large).await;
    let mut words = tokio::time::interval(Duration::from_secs(2));
    let given_up = async {
        loop {
            tokio::select! {
                _ = hears_of(&mut adas, &grace, 0) => break,
                // No other connection is disturbed.
                _ = words.tick() => drop(phone.posts(general, "Still here.").await),
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(30), given_up).await.expect("the server gives it up");
    drop(stalled);
}

/// It reads something now and then, so the system never times it out. Its queue is full.
#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_falls_behind_is_disconnected_and_misses_nothing() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let mut adas = ada.connects().await;
    let mut slow = RawSocket::joined(workspace.address(), &grace).await;
    hears_of(&mut adas, &grace, 1).await;
    let text = "x".repeat(19_900);
    let mut heard = 0;
    let sent_away = async {
        loop {
            for _ in 0..100 {
                adas.posts(general, &text).await;
                adas.hears_until(&text).await;
            }
            heard += usize::from(slow.next().await.is_some());
        }
    };
    // Another device, because the first one receives its own posts.
    let mut phone = ada.connects().await;
    let gone = async {
        let gone = Presence { person: grace.id, connections: 0, away: false };
        while !matches!(phone.next_event().await, ServerEvent::PresenceChanged(told) if told.people.contains(&gone)) {}
    };
    let told = futures::future::select(Box::pin(sent_away), Box::pin(gone));
    tokio::time::timeout(Duration::from_secs(60), told).await.expect("it is sent away");
    assert!(heard > 0, "it was slow, not silent");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_sees_how_many_connected_members_a_message_has_reached() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let adas = ada.connects().await;
    let seq = adas.posts(general, "Can you hear me?").await.seq;
    let reach = async || adas.send(GetDelivery { room: general, seq }).await.unwrap();
    assert_eq!(reach().await, Delivery { reached: 0, connected: 0 });
    let (graces, alans) = (grace.connects().await, alan.connects().await);
    assert_eq!(reach().await, Delivery { reached: 0, connected: 2 });
    let has = |seq| ReportDelivery { rooms: vec![LogPosition { room: general, seq }] };
    graces.send(has(seq)).await.unwrap();
    alans.send(has(seq - 1)).await.unwrap();
    assert_eq!(reach().await, Delivery { reached: 1, connected: 2 });
    alans.send(has(seq)).await.unwrap();
    assert_eq!(reach().await, Delivery { reached: 2, connected: 2 });
    alans.leaves(general).await;
    assert_eq!(reach().await, Delivery { reached: 1, connected: 1 });
    graces.disconnects().await;
    while reach().await != (Delivery { reached: 0, connected: 0 }) {}
}
