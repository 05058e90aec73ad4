use socket::core::Action;
use socket::{DisconnectReason, Incoming, NotConnected, RequestError};

use crate::harness::{Client, options, seconds, text};

const LEFT: Incoming = Incoming::Disconnected { reason: DisconnectReason::ClientDisconnect };

#[test]
fn a_client_says_goodbye_after_what_it_said_before() {
    let mut client = Client::connected();
    client.emit("last words").unwrap();
    client.core.disconnect(client.now);
    assert_eq!(client.told(), [LEFT]);
    assert!(!client.core.is_finished());
    assert_eq!(client.actions(), [text(r#"42/chat,["last words"]"#), text("41/chat,"), Action::Close]);
    assert!(client.core.is_finished());
}

#[test]
fn a_client_that_left_never_comes_back() {
    let mut client = Client::connected();
    client.core.disconnect(client.now);
    client.actions();
    client.told();
    client.core.reconnect_now(client.now);
    client.pass(seconds(100));
    assert_eq!((client.actions(), client.told(), client.next_deadline()), (vec![], vec![], None));
    assert_eq!(client.emit("a"), Err(NotConnected));
}

#[test]
fn leaving_fails_the_requests_that_are_pending() {
    let mut client = Client::connected();
    let id = client.request("a", seconds(5)).unwrap();
    client.core.disconnect(client.now);
    assert_eq!(client.resolved(), [(id, Err(RequestError::Disconnected))]);
}

#[test]
fn a_transport_that_takes_nothing_any_more_delays_leaving_by_a_second() {
    let mut client = Client::connected();
    client.core.disconnect(client.now);
    assert_eq!(client.core.poll_action(false), None);
    assert_eq!(client.next_deadline(), Some(seconds(1)));
    client.pass(seconds(1));
    assert_eq!(client.core.poll_action(false), Some(Action::Close));
    assert!(client.core.is_finished());
}

#[test]
fn a_transport_that_breaks_while_leaving_ends_it() {
    let mut client = Client::connected();
    client.core.disconnect(client.now);
    client.lose_transport();
    assert!(client.core.is_finished());
    assert_eq!(client.told(), [LEFT]);
}

#[test]
fn leaving_before_being_connected_is_silent() {
    let mut client = Client::new(&options());
    client.pass(seconds(0));
    client.core.disconnect(client.now);
    assert_eq!(client.told(), []);
    assert_eq!(client.actions(), [Action::Close]);
    assert!(client.core.is_finished());
}

#[test]
fn a_client_sent_away_by_the_server_stays_away_until_the_user_says_otherwise() {
    let mut client = Client::connected();
    client.receive("41/chat,");
    let reason = DisconnectReason::ServerDisconnect;
    assert_eq!(client.told(), [Incoming::Disconnected { reason }]);
    assert_eq!(client.actions(), [Action::Close]);
    assert_eq!(client.next_deadline(), None);
    client.core.reconnect_now(client.now);
    client.pass(seconds(0));
    assert_eq!(client.actions(), [Action::Open]);
}
