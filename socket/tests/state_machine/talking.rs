use serde_json::json;
use socket::core::{Action, Frame};
use socket::{Event, Incoming, NotConnected, placeholder};

use crate::harness::{Client, HANDSHAKE, LET_IN, connected, options, seconds, text};

fn event(name: &str) -> Incoming {
    Incoming::Event(Event { name: name.into(), args: vec![], attachments: vec![], ack: None })
}

#[test]
fn events_leave_in_the_order_of_the_calls() {
    let mut client = Client::connected();
    client.emit("a").unwrap();
    client.request("b", seconds(1)).unwrap();
    client.emit("c").unwrap();
    assert_eq!(client.sent(), [r#"42/chat,["a"]"#, r#"42/chat,0["b",1]"#, r#"42/chat,["c"]"#]);
}

#[test]
fn attachments_follow_their_event() {
    let mut client = Client::connected();
    let args = vec![placeholder(0), placeholder(1)];
    client.core.emit("a", args, vec![vec![1], vec![2, 3]], client.now).unwrap();
    client.emit("b").unwrap();
    let header = r#"452-/chat,["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#;
    let attachment = |bytes: &[u8]| Action::Send(Frame::Binary(bytes.into()));
    assert_eq!(client.actions(), [text(header), attachment(&[1]), attachment(&[2, 3]), text(r#"42/chat,["b"]"#)]);
}

#[test]
fn events_are_told_in_the_order_they_came() {
    let mut client = Client::connected();
    client.receive(r#"42/chat,["a"]"#);
    client.receive(r#"42/chat,["b"]"#);
    assert_eq!(client.told(), [event("a"), event("b")]);
}

#[test]
fn an_event_with_attachments_is_told_once_complete() {
    let mut client = Client::connected();
    client.receive(r#"452-/chat,["a",{"_placeholder":true,"num":1}]"#);
    client.receive_binary(&[1]);
    assert_eq!(client.told(), []);
    client.receive("2");
    client.receive_binary(&[2]);
    let event = Event { name: "a".into(), args: vec![placeholder(1)], attachments: vec![vec![1], vec![2]], ack: None };
    assert_eq!(client.told(), [Incoming::Event(event)]);
}

#[test]
fn events_of_other_namespaces_are_ignored() {
    let mut client = Client::connected();
    client.receive(r#"42["a"]"#);
    client.receive(r#"42/chatter,["a"]"#);
    assert_eq!(client.told(), []);
}

#[test]
fn events_that_come_before_the_client_is_let_in_are_told_after_it() {
    let mut client = Client::new(&options());
    client.pass(seconds(0));
    client.core.transport_opened();
    client.receive(HANDSHAKE);
    client.receive(r#"42/chat,["early"]"#);
    assert_eq!(client.told(), []);
    client.receive(LET_IN);
    assert_eq!(client.told(), [connected(), event("early")]);
}

#[test]
fn nothing_can_be_sent_before_the_client_is_let_in() {
    let mut client = Client::new(&options());
    for step in 0..4 {
        assert_eq!(client.emit("a"), Err(NotConnected), "step {step}");
        assert_eq!(client.request("a", seconds(1)), Err(NotConnected), "step {step}");
        match step {
            0 => client.pass(seconds(0)),
            1 => client.core.transport_opened(),
            2 => client.receive(HANDSHAKE),
            _ => client.receive(LET_IN),
        }
    }
    assert_eq!(client.emit("a"), Ok(()));
}

#[test]
fn nothing_can_be_sent_after_the_connection_is_lost() {
    let mut client = Client::connected();
    client.lose_transport();
    assert_eq!(client.emit("a"), Err(NotConnected));
    assert_eq!(client.request("a", seconds(1)), Err(NotConnected));
    assert_eq!(client.core.emit("a", vec![json!(1)], vec![vec![1]], client.now), Err(NotConnected));
    assert_eq!(client.sent(), Vec::<String>::new());
}
