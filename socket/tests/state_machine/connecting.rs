use serde_json::json;
use socket::Incoming;
use socket::core::{Action, Frame};

use crate::harness::{Client, HANDSHAKE, LET_IN, connected, options, seconds, text};

#[test]
fn a_new_client_opens_its_transport_at_once() {
    let mut client = Client::new(&options());
    assert_eq!(client.next_deadline(), Some(seconds(0)));
    client.pass(seconds(0));
    assert_eq!(client.actions(), [Action::Open]);
    assert_eq!(client.told(), []);
}

#[test]
fn after_the_handshake_it_asks_to_be_let_in_with_its_credentials() {
    let mut client = Client::new(&options().auth(json!({ "token": "abc" })));
    client.pass(seconds(0));
    client.core.transport_opened();
    assert_eq!(client.actions(), [Action::Open]);
    client.receive(HANDSHAKE);
    assert_eq!(client.actions(), [text(r#"40/chat,{"token":"abc"}"#)]);
}

#[test]
fn it_is_connected_once_the_server_let_it_in() {
    let mut client = Client::new(&options());
    client.pass(seconds(0));
    client.core.transport_opened();
    client.receive(HANDSHAKE);
    assert!(!client.core.is_connected());
    client.receive(LET_IN);
    assert!(client.core.is_connected());
    assert_eq!(client.told(), [connected()]);
}

#[test]
fn an_attempt_that_gets_no_handshake_is_given_up_after_20_seconds() {
    let mut client = Client::new(&options());
    client.pass(seconds(0));
    client.core.transport_opened();
    client.actions();
    assert_eq!(client.next_deadline(), Some(seconds(20)));
    client.pass(seconds(20));
    assert_eq!(client.actions(), [Action::Close]);
    assert!(matches!(client.told()[..], [Incoming::Reconnecting { attempt: 1, .. }]));
}

#[test]
fn the_20_seconds_include_being_let_in() {
    let mut client = Client::new(&options());
    client.pass(seconds(0));
    client.pass(seconds(12));
    client.core.transport_opened();
    client.receive(HANDSHAKE);
    assert_eq!(client.next_deadline(), Some(seconds(8)));
    client.pass(seconds(8));
    assert_eq!(client.core.last_error(), Some("the transport failed: the server did not let us in in time"));
}

#[test]
fn a_refusal_is_told_with_its_data_and_not_retried() {
    let mut client = Client::new(&options());
    client.pass(seconds(0));
    client.core.transport_opened();
    client.receive(HANDSHAKE);
    client.receive(r#"44/chat,{"message":"no","data":{"code":7}}"#);
    let refused = Incoming::ConnectRefused { message: "no".into(), data: Some(json!({ "code": 7 })) };
    assert_eq!(client.told(), [refused]);
    assert_eq!(client.actions(), [Action::Close]);
    assert_eq!(client.next_deadline(), None);
}

#[test]
fn a_refusal_is_retried_if_the_options_say_so() {
    let mut client = Client::new(&options().retry_refused(true));
    client.pass(seconds(0));
    client.core.transport_opened();
    client.receive(HANDSHAKE);
    client.receive(r#"44/chat,{"message":"no"}"#);
    let told = client.told();
    assert!(matches!(told[..], [Incoming::ConnectRefused { .. }, Incoming::Reconnecting { attempt: 1, .. }]));
}

#[test]
fn after_a_refusal_the_user_may_try_again_with_other_credentials() {
    let mut client = Client::new(&options().auth(json!({ "token": "old" })));
    client.pass(seconds(0));
    client.core.transport_opened();
    client.receive(HANDSHAKE);
    client.receive(r#"44/chat,{"message":"no"}"#);
    client.actions();
    client.core.set_auth(Some(json!({ "token": "new" })));
    client.core.reconnect_now(client.now);
    client.pass(seconds(0));
    client.let_in();
    assert_eq!(client.actions(), [Action::Open, text(r#"40/chat,{"token":"new"}"#)]);
    assert!(client.core.is_connected());
}

#[test]
fn an_answer_for_another_namespace_is_ignored() {
    let mut client = Client::new(&options());
    client.pass(seconds(0));
    client.core.transport_opened();
    client.receive(HANDSHAKE);
    client.receive(r#"40{"sid":"someone"}"#);
    client.receive(r#"44/other,{"message":"no"}"#);
    assert!(!client.core.is_connected());
    assert_eq!(client.told(), []);
}

#[test]
fn a_server_too_old_to_send_an_id_is_not_spoken_with() {
    let mut client = Client::new(&options());
    client.pass(seconds(0));
    client.core.transport_opened();
    client.receive(HANDSHAKE);
    client.receive("40/chat,");
    assert_eq!(client.actions().last(), Some(&Action::Close));
    assert!(client.core.last_error().is_some_and(|error| error.contains("older than Socket.IO 3")));
}

#[test]
fn frames_wait_for_a_transport_that_can_send() {
    let mut client = Client::connected();
    client.emit("a").unwrap();
    assert_eq!(client.core.poll_action(false), None);
    assert_eq!(client.core.poll_action(true), Some(text(r#"42/chat,["a"]"#)));
}

#[test]
fn what_a_transport_says_after_it_is_gone_is_ignored() {
    let mut client = Client::connected();
    client.lose_transport();
    client.told();
    client.core.frame_received(Frame::Text(r#"42/chat,["late"]"#.into()), client.now);
    client.lose_transport();
    client.core.transport_opened();
    assert_eq!(client.told(), []);
}
