//! Floods from one address: requests are refused, little of them is kept, and other clients notice nothing.

use crate::harness::{Device, RawSocket, Workspace};
use common::refusal_log::{ListRefusals, LoggedRefusal};
use futures::future::join_all;
use reqwest::StatusCode;

async fn door(console: &Device, query: &str) -> Vec<LoggedRefusal> {
    console.send(ListRefusals { query: query.into(), before: None }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_without_a_namespace_are_limited_per_address() {
    let workspace = Workspace::started_with(&["--connections-per-address", "100"]).await;
    let ada = workspace.owner("Ada Lovelace").await;
    let adas = ada.connects().await;
    let mut waiting = join_all((0..100).map(|_| RawSocket::open(workspace.address()))).await;
    for transport in ["websocket", "polling"] {
        let answer = workspace.web.visits(&format!("/socket.io/?EIO=4&transport={transport}")).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{transport}");
        assert!(answer.body.contains("too_many_connections"), "{}", answer.body);
    }
    // A connection that enters a namespace no longer counts.
    for raw in waiting.iter_mut().take(10) {
        raw.sends("40/lobby,").await;
        assert!(raw.next().await.unwrap().starts_with("40/lobby,"));
    }
    let others = join_all((0..8).map(|_| RawSocket::open(workspace.address()))).await;
    let console = ada.opens_console().await;
    assert_eq!(door(&console, "too_many_connections").await[0].times, 2);
    drop((adas, waiting, others));
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_unknown_namespaces_and_wrong_tokens_are_refused_while_others_continue() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces, console) = (ada.connects().await, grace.connects().await, ada.opens_console().await);
    let flood = async |number: usize| {
        let mut raw = RawSocket::open(workspace.address()).await;
        for turn in 0..100 {
            let packet = match number % 2 {
                0 => format!("40/no/{number}/{turn},"),
                _ => r#"40/chat,{"token":"0000"}"#.to_owned(),
            };
            raw.sends(packet).await;
            assert!(raw.next().await.unwrap().starts_with("44/"));
        }
        raw.sends("40/chat,").await;
        raw.hears_the_end().await;
    };
    let floods = join_all((0..40).map(flood));
    let talk = async {
        for number in 0..50 {
            adas.posts(general, &format!("Message {number}")).await;
        }
        graces.hears_messages_until("Message 49").await.len()
    };
    let ((), heard) = tokio::join!(async { drop(floods.await) }, talk);
    assert_eq!(heard, 49, "before the last one");
    for query in ["unknown_namespace", "session_expired"] {
        let entries = door(&console, query).await;
        assert_eq!((entries.len(), entries[0].times), (1, 2_000), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_unknown_events_are_answered_while_others_continue() {
    let workspace = Workspace::started_with(&["--rate", "1"]).await;
    let (ada, grace) = (workspace.owner("Ada Lovelace").await, workspace.sign_up("Grace Hopper").await);
    let general = ada.landed_in();
    let (adas, console) = (ada.connects().await, ada.opens_console().await);
    let mut graces = grace.connects().await;
    let mut raw = RawSocket::joined(workspace.address(), &grace).await;
    let flood = async {
        for turn in 0..30 {
            let numbers = turn * 100..(turn + 1) * 100;
            for number in numbers.clone() {
                raw.sends(format!(r#"42/chat,{number}["no:such{number}",{{}}]"#)).await;
            }
            for number in numbers {
                let answer = raw.answer(number).await.unwrap();
                assert!(answer.contains("unknown_command") || answer.contains("too_fast"), "{answer}");
            }
        }
    };
    let talk = async {
        for number in 0..50 {
            adas.posts(general, &format!("Message {number}")).await;
        }
        graces.hears_messages_until("Message 49").await.len()
    };
    let ((), heard) = tokio::join!(flood, talk);
    assert_eq!(heard, 49, "before the last one");
    let times = async |query| {
        let entries = door(&console, query).await;
        assert_eq!(entries.len(), 1, "{query}");
        entries[0].times
    };
    assert_eq!(times("unknown_command").await + times("too_fast").await, 3_000);
}
