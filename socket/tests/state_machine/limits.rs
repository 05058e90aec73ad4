use socket::core::Action;
use socket::{Incoming, NotConnected};

use crate::harness::{Client, HANDSHAKE, options, seconds};

const EVENT: &str = r#"42/chat,["news"]"#;

#[test]
fn a_transport_that_takes_nothing_makes_emit_fail_instead_of_hoarding() {
    let mut client = Client::connected();
    let accepted = (0..10_000).take_while(|_| client.emit("a").is_ok()).count();
    assert_eq!(accepted, 4096);
    assert!(client.core.is_connected());
    client.actions();
    assert_eq!(client.emit("a"), Ok(()));
}

#[test]
fn requests_without_answers_are_not_piled_up() {
    let mut client = Client::connected();
    for _ in 0..16_384 {
        client.request("a", seconds(5)).unwrap();
        client.actions();
    }
    assert_eq!(client.request("a", seconds(5)), Err(NotConnected));
    client.receive("43/chat,0[]");
    client.resolved();
    assert!(client.request("a", seconds(5)).is_ok());
}

#[test]
fn a_user_who_does_not_look_stops_the_reading() {
    let mut client = Client::connected();
    for _ in 0..1024 {
        assert!(client.core.wants_frames());
        client.receive(EVENT);
    }
    assert!(!client.core.wants_frames());
    client.core.poll_incoming();
    assert!(client.core.wants_frames());
}

#[test]
fn a_server_that_does_not_read_its_pongs_is_not_read_either() {
    let mut client = Client::connected();
    let pings = (0..10_000).take_while(|_| {
        client.receive("2");
        client.core.wants_frames()
    });
    assert_eq!(pings.count(), 4095);
}

#[test]
fn no_new_transport_is_opened_for_a_user_who_does_not_look() {
    let mut client = Client::connected();
    (0..1024).for_each(|_| client.receive(EVENT));
    client.pass(seconds(45));
    client.pass(seconds(100));
    assert_eq!(client.actions(), [Action::Close]);
    assert_eq!(client.next_deadline(), None);
    client.told();
    client.pass(seconds(0));
    assert_eq!(client.actions(), [Action::Open]);
}

#[test]
fn a_server_that_talks_without_end_before_letting_us_in_is_left() {
    let mut client = Client::new(&options());
    client.pass(seconds(0));
    client.core.transport_opened();
    client.receive(HANDSHAKE);
    (0..1025).for_each(|_| client.receive(EVENT));
    assert!(matches!(client.told()[..], [Incoming::Reconnecting { .. }]));
}

#[test]
fn the_oldest_of_too_many_unanswered_questions_is_forgotten() {
    let mut client = Client::connected();
    let mut acks = Vec::new();
    for id in 0..1025 {
        client.receive(&format!(r#"42/chat,{id}["ask"]"#));
        acks.extend(client.told().into_iter().filter_map(|incoming| match incoming {
            Incoming::Event(event) => event.ack,
            _ => None,
        }));
    }
    client.core.reply(acks[0], vec![], vec![]);
    client.core.reply(acks[1], vec![], vec![]);
    client.core.reply(acks[1024], vec![], vec![]);
    assert_eq!(client.sent(), ["43/chat,1[]", "43/chat,1024[]"]);
}
