//! The server stops and starts again: nothing is lost, and people continue.

use crate::harness::{Workspace, code, hears};
use common::{Code, messages::PostMessage};
use futures::{StreamExt, stream::FuturesOrdered};
use socket::DisconnectReason;

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_keeps_all_data_and_sessions() {
    let (mut workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    device.posts(general, "Keep this.").await;
    let enigma = device.creates_private_room("enigma").await;
    device.invites(enigma, [&grace]).await;
    device.posts(enigma, "And this.").await;
    device.disconnects().await;
    let (stored, view) = (workspace.stored().await, grace.connects().await.opens(general).await);

    workspace.stops().await;
    workspace.starts_again().await;
    assert_eq!(workspace.stored().await, stored);
    let again = grace.connects().await;
    assert_eq!(again.opens(general).await, view);
    assert_eq!(again.sees(enigma).await, ["And this."]);
    assert_eq!(again.posts(general, "Next.").await.seq, 4);
    assert_eq!(ada.snapshot().await.presence.len(), 1, "only people who are connected now");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_reconnects_by_itself_and_continues() {
    let (mut workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (mut adas, mut graces) = (ada.connects().await, grace.connects().await);
    let enigma = adas.creates_private_room("enigma").await;
    adas.invites(enigma, [&grace]).await;

    workspace.stops().await;
    for device in [&mut adas, &mut graces] {
        assert!(hears!(device, ServerStopping).return_within >= 1_000);
        let reason = device.is_disconnected().await;
        assert_ne!(reason, DisconnectReason::ServerDisconnect, "after that a client would stay away");
    }
    workspace.starts_again().await;
    adas.is_back().await;
    graces.is_back().await;
    for (room, text) in [(general, "Is everybody back?"), (enigma, "Here, too?")] {
        adas.posts(room, text).await;
        graces.hears_until(text).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn acknowledged_messages_survive_a_stop_and_the_rest_can_be_resent() {
    let (mut workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let mut device = ada.connects().await;
    let messages: Vec<PostMessage> = (0..500).map(|n| PostMessage::new(general, format!("Message {n}"))).collect();
    let send = |message: &PostMessage| device.tries("message:post", vec![serde_json::to_value(message).unwrap()]);
    let mut answers: FuturesOrdered<_> = messages.iter().map(send).collect();
    let first = answers.next().await.unwrap();
    let (rest, ()) = tokio::join!(answers.collect::<Vec<_>>(), workspace.stops());

    workspace.starts_again().await;
    device.is_disconnected().await;
    device.is_back().await;
    for (message, before) in messages.iter().zip([first].into_iter().chain(rest)) {
        let now = device.send(message.clone()).await.unwrap();
        if let Ok(answer) = before {
            assert_eq!(answer["ok"]["seq"], serde_json::json!(now.seq), "{message:?} kept its place");
        }
    }
    assert_eq!(workspace.count("messages").await, 500);
    let last: Vec<String> = (450..500).map(|n| format!("Message {n}")).collect();
    assert_eq!(device.sees(general).await, last, "and the order is the one in which they were sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_server_leaves_nothing_open() {
    let (mut workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    device.posts(general, "Before the stop.").await;
    workspace.stops().await;
    assert!(workspace.web.get("/health").send().await.is_err(), "the port is closed");
    let mut files: Vec<String> =
        workspace.files().iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect();
    files.sort();
    assert_eq!(files, ["hubbub.db", "push-key", "search.db"], "database and index are closed: each is one file");
    workspace.starts_again().await;
    let phone = ada.connects().await;
    assert_eq!(phone.sees(general).await, ["Before the stop."]);
    assert_eq!(code(phone.send(PostMessage::new(general, " ")).await), Code::EmptyText);
}
