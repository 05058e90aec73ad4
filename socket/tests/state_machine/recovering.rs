use serde_json::json;
use socket::Incoming;

use crate::harness::{Client, HANDSHAKE, options, seconds};

const LET_IN: &str = r#"40/chat,{"sid":"david-1","pid":"secret"}"#;

/// Loses the transport, gets a new one, and returns how the client asked to be
/// let in.
fn come_back(client: &mut Client) -> String {
    client.lose_transport();
    client.pass(seconds(10));
    client.actions();
    client.core.transport_opened();
    client.receive(HANDSHAKE);
    client.sent().remove(0)
}

fn david() -> Client {
    let mut client = Client::new(&options().auth(json!({ "token": "abc" })));
    client.pass(seconds(0));
    client.core.transport_opened();
    client.receive(HANDSHAKE);
    client.receive(LET_IN);
    client
}

fn recovered(client: &mut Client) -> Option<bool> {
    client.told().into_iter().rev().find_map(|incoming| match incoming {
        Incoming::Connected { recovered, .. } => Some(recovered),
        _ => None,
    })
}

#[test]
fn a_client_comes_back_with_its_private_id_and_the_last_offset() {
    let mut client = david();
    client.receive(r#"42/chat,["news",1,"offset-1"]"#);
    client.receive(r#"42/chat,["news",2,"offset-2"]"#);
    assert_eq!(come_back(&mut client), r#"40/chat,{"pid":"secret","offset":"offset-2","token":"abc"}"#);
}

#[test]
fn without_any_event_there_is_no_offset() {
    assert_eq!(come_back(&mut david()), r#"40/chat,{"pid":"secret","token":"abc"}"#);
}

#[test]
fn the_same_private_id_means_that_the_session_was_recovered() {
    let mut client = david();
    assert_eq!(recovered(&mut client), Some(false));
    come_back(&mut client);
    client.receive(LET_IN);
    assert_eq!(recovered(&mut client), Some(true));
}

#[test]
fn a_new_private_id_means_a_new_session_and_forgets_the_offset() {
    let mut client = david();
    client.receive(r#"42/chat,["news","offset-1"]"#);
    come_back(&mut client);
    client.receive(r#"40/chat,{"sid":"david-2","pid":"other"}"#);
    assert_eq!(recovered(&mut client), Some(false));
    assert_eq!(come_back(&mut client), r#"40/chat,{"pid":"other","token":"abc"}"#);
}

#[test]
fn missed_events_that_come_before_being_let_in_move_the_offset() {
    let mut client = david();
    come_back(&mut client);
    client.receive(r#"42/chat,["missed","offset-9"]"#);
    client.receive(LET_IN);
    let told = client.told();
    assert!(matches!(told[told.len() - 1], Incoming::Event(_)));
    assert!(come_back(&mut client).contains("offset-9"));
}

#[test]
fn missed_events_of_an_attempt_that_failed_are_not_told_twice() {
    let mut client = david();
    for _ in 0..2 {
        come_back(&mut client);
        client.receive(r#"42/chat,["missed","offset-9"]"#);
    }
    client.receive(LET_IN);
    let events = client.told().into_iter().filter(|incoming| matches!(incoming, Incoming::Event(_)));
    assert_eq!(events.count(), 1);
}

#[test]
fn a_server_without_recovery_is_sent_neither_id_nor_offset() {
    let mut client = Client::connected();
    client.receive(r#"42/chat,["news","just text"]"#);
    assert_eq!(come_back(&mut client), "40/chat,");
}
