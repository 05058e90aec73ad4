use std::time::Duration;

use socket::core::Action;
use socket::{DisconnectReason, Incoming};

use crate::harness::{Client, HANDSHAKE, LET_IN, connected, options, seconds};

fn reconnecting(attempt: u32, milliseconds: u64) -> Incoming {
    Incoming::Reconnecting { attempt, delay: Duration::from_millis(milliseconds) }
}

#[test]
fn a_lost_transport_is_told_and_replaced_after_a_delay() {
    let mut client = Client::connected();
    client.lose_transport();
    let lost = Incoming::Disconnected { reason: DisconnectReason::TransportClosed };
    assert_eq!(client.told(), [lost, reconnecting(1, 250)]);
    client.actions();
    client.pass(Duration::from_millis(249));
    assert_eq!(client.actions(), []);
    client.pass(Duration::from_millis(1));
    assert_eq!(client.actions(), [Action::Open]);
}

#[test]
fn a_transport_error_is_told_in_words() {
    let mut client = Client::connected();
    client.core.transport_closed(Some("broken pipe".into()), client.now);
    let reason = DisconnectReason::TransportError("broken pipe".into());
    assert_eq!(client.told()[0], Incoming::Disconnected { reason });
    assert_eq!(client.core.last_error(), Some("the transport failed: broken pipe"));
}

#[test]
fn delays_double_until_the_cap_while_attempts_fail() {
    let mut client = Client::new(&options());
    client.pass(seconds(0));
    let mut told = Vec::new();
    for _ in 0..7 {
        client.lose_transport();
        told.extend(client.told());
        client.pass(seconds(10));
    }
    let delays = [250, 500, 1000, 2000, 4000, 5000, 5000];
    let expected: Vec<_> = (1..).zip(delays).map(|(attempt, delay)| reconnecting(attempt, delay)).collect();
    assert_eq!(told, expected);
}

#[test]
fn only_being_let_in_starts_the_delays_from_the_base_again() {
    let mut client = Client::new(&options());
    client.pass(seconds(0));
    client.lose_transport();
    client.pass(seconds(10));
    client.core.transport_opened();
    client.receive(HANDSHAKE);
    client.lose_transport();
    assert_eq!(client.told(), [reconnecting(1, 250), reconnecting(2, 500)]);
    client.pass(seconds(10));
    client.let_in();
    client.lose_transport();
    assert_eq!(client.told().last(), Some(&reconnecting(1, 250)));
}

#[test]
fn the_user_may_skip_the_delay() {
    let mut client = Client::connected();
    client.lose_transport();
    client.actions();
    client.core.reconnect_now(client.now);
    assert_eq!(client.next_deadline(), Some(seconds(0)));
    client.pass(seconds(0));
    assert_eq!(client.actions(), [Action::Open]);
}

#[test]
fn skipping_the_delay_starts_the_delays_from_the_base_again() {
    let mut client = Client::connected();
    client.lose_transport();
    client.pass(seconds(10));
    client.lose_transport();
    client.core.reconnect_now(client.now);
    client.pass(seconds(0));
    client.told();
    client.lose_transport();
    assert_eq!(client.told(), [reconnecting(1, 250)]);
}

#[test]
fn reconnecting_now_does_not_disturb_an_attempt_or_a_connection() {
    let mut client = Client::new(&options());
    client.pass(seconds(0));
    client.core.reconnect_now(client.now);
    client.core.transport_opened();
    client.core.reconnect_now(client.now);
    client.receive(HANDSHAKE);
    client.receive(LET_IN);
    client.core.reconnect_now(client.now);
    assert_eq!(client.told(), [connected()]);
    assert_eq!(client.actions().iter().filter(|action| **action == Action::Open).count(), 1);
}

#[test]
fn a_closing_server_is_a_closed_transport() {
    let mut client = Client::connected();
    client.receive("1");
    assert_eq!(client.told()[0], Incoming::Disconnected { reason: DisconnectReason::TransportClosed });
}

#[test]
fn a_frame_that_breaks_the_protocol_ends_the_connection() {
    for frame in ["", "9", "4", "42/chat,{}", r#"451-/chat,["a",{"_placeholder":true,"num":1}]"#] {
        let mut client = Client::connected();
        client.receive(frame);
        assert_eq!(client.actions(), [Action::Close], "{frame}");
        let told = client.told();
        let reason = DisconnectReason::TransportError(String::new());
        let Incoming::Disconnected { reason: actual } = &told[0] else { panic!("{told:?}") };
        assert_eq!(std::mem::discriminant(actual), std::mem::discriminant(&reason));
    }
}

#[test]
fn an_unfinished_packet_does_not_reach_into_the_next_connection() {
    let mut client = Client::connected();
    client.receive(r#"451-/chat,["half",{"_placeholder":true,"num":0}]"#);
    client.lose_transport();
    client.pass(seconds(10));
    client.let_in();
    assert!(client.core.is_connected());
    client.told();
    client.receive(r#"42/chat,["whole"]"#);
    assert!(matches!(&client.told()[..], [Incoming::Event(event)] if event.name == "whole"));
}

#[test]
fn what_was_not_yet_written_is_not_written_to_the_next_connection() {
    let mut client = Client::connected();
    client.emit("lost").unwrap();
    client.lose_transport();
    client.pass(seconds(10));
    client.let_in();
    assert_eq!(client.sent(), ["40/chat,"]);
}

#[test]
fn a_server_that_stops_may_say_how_long_the_first_wait_is() {
    let mut client = Client::connected();
    client.core.return_within(seconds(20));
    client.lose_transport();
    assert_eq!(client.told().last(), Some(&reconnecting(1, 10_000)));
    client.pass(seconds(10));
    client.lose_transport();
    assert_eq!(client.told(), [reconnecting(2, 500)], "once only");
}
