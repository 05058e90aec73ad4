//! What is told and never stored: who types, who is connected.

use crate::harness::{Device, RawSocket, Workspace, hears};
use common::{PersonId, ServerEvent, presence::Presence, typing::SetTyping};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn typing_reaches_everyone_in_the_room_but_the_one_who_types() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (laptop, mut phone) = (ada.connects().await, ada.connects().await);
    let (mut graces, mut alans) = (grace.connects().await, alan.connects().await);
    let compilers = laptop.creates_room("compilers").await;
    graces.joins(compilers).await;
    let before = workspace.stored().await;

    for typing in [true, false] {
        laptop.send(SetTyping { room: compilers, typing }).await.unwrap();
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
async fn connections_that_come_and_go_are_told_to_the_others_with_their_count() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let mut adas = ada.connects().await;

    let laptop = grace.connects().await;
    let first = hears!(adas, ConnectionOpened);
    assert_eq!((first.person, first.connections), (grace.id, 1));
    let phone = grace.connects().await;
    let second = hears!(adas, ConnectionOpened);
    assert_eq!((second.person, second.connections), (grace.id, 2));
    assert_ne!(first.connection, second.connection);

    laptop.disconnects().await;
    let closed = hears!(adas, ConnectionClosed);
    assert_eq!((closed.connection, closed.person, closed.connections), (first.connection, grace.id, 1));
    phone.disconnects().await;
    let closed = hears!(adas, ConnectionClosed);
    assert_eq!((closed.connection, closed.connections), (second.connection, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_does_not_hear_of_itself() {
    let (_workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let mut device = ada.connects().await;
    device.posts(general, "Hello?").await;
    assert_eq!(device.hears_until("Hello?").await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_id_of_a_connection_is_not_its_secret_socket_id() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let mut adas = ada.connects().await;
    let (socket, mut incomings) = socket::native::connect(grace.options());
    let Some(socket::Incoming::Connected { socket_id, .. }) = futures::StreamExt::next(&mut incomings).await else {
        panic!("not connected");
    };
    let heard = format!("{:?}", hears!(adas, ConnectionOpened));
    assert!(!heard.contains(&socket_id), "{heard}");
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

    laptop.disconnects().await;
    hears!(adas, ConnectionClosed);
    assert_eq!(online(&adas).await, [(ada.id, 1), (grace.id, 1)]);
    phone.disconnects().await;
    hears!(adas, ConnectionClosed);
    assert_eq!(online(&adas).await, [(ada.id, 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_gone_in_the_moment_of_coming_is_not_online_for_ever() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let mut adas = ada.connects().await;
    let visits = 100;
    for _ in 0..visits {
        drop(RawSocket::joined(workspace.address(), &grace).await);
    }
    // Whether a visit was noticed at all is the server's affair, but it comes before its end.
    let mut here = 0;
    while here > 0 || online(&adas).await != [(ada.id, 1)] {
        match adas.next_event().await {
            ServerEvent::ConnectionOpened(_) => here += 1,
            ServerEvent::ConnectionClosed(_) => here -= 1,
            other => panic!("{other:?}"),
        }
        assert!(here >= 0, "nobody goes before they come");
    }
}

/// In the order in which the people made their accounts.
async fn online(device: &Device) -> Vec<(PersonId, u32)> {
    let mut online: Vec<(PersonId, u32)> = device
        .snapshot()
        .await
        .presence
        .iter()
        .map(|&Presence { person, connections }| (person, connections))
        .collect();
    online.sort();
    online
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_stops_reading_is_given_up_and_the_others_notice_nothing_else() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let mut adas = ada.connects().await;
    let phone = ada.connects().await;
    let stalled = RawSocket::joined(workspace.address(), &grace).await;
    while hears!(adas, ConnectionOpened).person != grace.id {}
    // More than the buffers between server and receiver hold.
    let large: Vec<String> = (0..600).map(|n| format!("{n} {}", "x".repeat(19_000))).collect();
    adas.posts_at_once(general, &large).await;
    let mut words = tokio::time::interval(Duration::from_secs(2));
    let given_up = async {
        loop {
            tokio::select! {
                event = adas.next_event() => if let ServerEvent::ConnectionClosed(closed) = event { break closed },
                // Nobody else is disturbed.
                _ = words.tick() => drop(phone.posts(general, "Still here.").await),
            }
        }
    };
    let closed = tokio::time::timeout(Duration::from_secs(30), given_up).await.expect("the server gives it up");
    assert_eq!((closed.person, closed.connections), (grace.id, 0));
    drop(stalled);
}
