use std::time::Duration;

use socket::core::Action;
use socket::{DisconnectReason, Incoming, NotConnected};

use crate::harness::{Client, seconds, text};

#[test]
fn a_ping_is_answered_with_its_data() {
    let mut client = Client::connected();
    client.receive("2");
    client.receive("2again");
    assert_eq!(client.actions(), [text("3"), text("3again")]);
}

#[test]
fn a_server_that_is_silent_for_interval_plus_timeout_is_dead() {
    let mut client = Client::connected();
    assert_eq!(client.next_deadline(), Some(seconds(45)));
    client.pass(seconds(45) - Duration::from_millis(1));
    assert!(client.core.is_connected());
    client.pass(Duration::from_millis(1));
    assert_eq!(client.actions(), [Action::Close]);
    assert_eq!(client.told()[0], Incoming::Disconnected { reason: DisconnectReason::PingTimeout });
}

#[test]
fn every_ping_gives_the_server_new_patience() {
    let mut client = Client::connected();
    for _ in 0..10 {
        client.pass(seconds(40));
        client.receive("2");
    }
    assert!(client.core.is_connected());
    assert_eq!(client.next_deadline(), Some(seconds(45)));
}

#[test]
fn events_alone_do_not_keep_a_connection_alive() {
    let mut client = Client::connected();
    client.pass(seconds(40));
    client.receive(r#"42/chat,["news"]"#);
    assert_eq!(client.next_deadline(), Some(seconds(5)));
}

#[test]
fn after_a_long_sleep_nothing_is_written_into_a_dead_connection() {
    let mut client = Client::connected();
    client.now += seconds(3600);
    assert_eq!(client.emit("a"), Err(NotConnected));
    assert_eq!(client.told()[0], Incoming::Disconnected { reason: DisconnectReason::PingTimeout });
}

#[test]
fn a_ping_that_came_during_a_long_sleep_still_counts() {
    let mut client = Client::connected();
    client.now += seconds(3600);
    client.receive("2");
    client.pass(seconds(0));
    assert!(client.core.is_connected());
}
