//! Floods from one address: what they ask is refused, little of them is kept, and others go on as if there were none.

use crate::harness::{Device, RawSocket, Workspace};
use common::door::{ListDoor, Refused};
use futures::future::join_all;

async fn door(console: &Device, query: &str) -> Vec<Refused> {
    console.send(ListDoor { query: query.into(), before: None }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_namespaces_and_of_wrong_tokens_are_refused_and_others_go_on() {
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
