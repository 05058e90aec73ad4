use std::sync::mpsc::{Receiver, TryRecvError, channel};

use socket::core::Frame;
use socket::{Incoming, Tap, Tapped};

use crate::harness::{Client, HANDSHAKE, LET_IN, options, seconds};

/// What is heard, a line each.
fn tap() -> (Option<Tap>, Receiver<String>) {
    let (lines, heard) = channel();
    (Some(Box::new(move |tapped| drop(lines.send(line(tapped))))), heard)
}

fn lines(heard: &Receiver<String>) -> Vec<String> {
    heard.try_iter().collect()
}

fn line(tapped: Tapped<'_>) -> String {
    let frame = |frame: &Frame| match frame {
        Frame::Text(text) => text.clone(),
        Frame::Binary(bytes) => format!("{bytes:?}"),
    };
    match tapped {
        Tapped::Opening => "opening".into(),
        Tapped::Sent(sent) => format!("> {}", frame(sent)),
        Tapped::Received(received) => format!("< {}", frame(received)),
        Tapped::Told(Incoming::Connected { .. }) => "connected".into(),
        Tapped::Told(Incoming::Event(event)) => format!("event {}", event.name),
        Tapped::Told(Incoming::Reconnecting { attempt, .. }) => format!("reconnecting, attempt {attempt}"),
        Tapped::Told(other) => format!("{other:?}"),
    }
}

#[test]
fn a_tap_hears_both_sides_in_the_order_in_which_frames_are_on_the_wire() {
    let mut client = Client::new(&options());
    let (tap, heard) = tap();
    client.core.tap(tap);
    client.pass(seconds(0));
    client.actions();
    client.let_in();
    client.request("hello", seconds(1)).unwrap();
    client.actions();
    client.receive(r#"43/chat,0["ok"]"#);
    client.receive("2");
    client.actions();
    let connect = r#"< 40/chat,{"sid":"david-1"}"#;
    assert_eq!(connect, format!("< {LET_IN}"));
    assert_eq!(
        lines(&heard),
        [
            "opening",
            &format!("< {HANDSHAKE}"),
            connect,
            "connected",
            "> 40/chat,",
            r#"> 42/chat,0["hello",1]"#,
            r#"< 43/chat,0["ok"]"#,
            "< 2",
            "> 3",
        ]
    );
}

#[test]
fn what_waits_to_be_written_is_heard_once_it_is_and_what_is_given_up_never() {
    let mut client = Client::connected();
    let (tap, heard) = tap();
    client.core.tap(tap);
    client.emit("a").unwrap();
    assert_eq!((client.core.poll_action(false), lines(&heard)), (None, vec![]));
    client.actions();
    assert_eq!(lines(&heard), [r#"> 42/chat,["a"]"#]);
    client.emit("b").unwrap();
    client.lose_transport();
    client.actions();
    assert_eq!(lines(&heard), ["Disconnected { reason: TransportClosed }", "reconnecting, attempt 1"]);
}

#[test]
fn nobody_hears_anything_after_the_tap_is_taken_away() {
    let mut client = Client::connected();
    let (tap, heard) = tap();
    client.core.tap(tap);
    client.receive_binary(&[1]);
    assert_eq!(lines(&heard)[0], "< [1]");
    client.core.tap(None);
    client.receive("2");
    client.actions();
    assert_eq!(heard.try_recv(), Err(TryRecvError::Disconnected));
}
