use serde_json::json;
use socket::core::{Action, Frame};
use socket::{Incoming, Reply, RequestError, placeholder};

use crate::harness::{Client, reply, seconds, text};

fn question(client: &mut Client) -> u64 {
    let told = client.told();
    match &told[..] {
        [Incoming::Event(event)] => event.ack.expect("the server asks for an answer"),
        _ => panic!("{told:?}"),
    }
}

#[test]
fn an_answer_resolves_its_request() {
    let mut client = Client::connected();
    let first = client.request("a", seconds(5)).unwrap();
    let second = client.request("b", seconds(5)).unwrap();
    client.receive(r#"43/chat,1["two"]"#);
    client.receive(r#"43/chat,0[]"#);
    assert_eq!(client.resolved(), [(second, reply(vec![json!("two")])), (first, reply(vec![]))]);
}

#[test]
fn an_answer_may_have_attachments() {
    let mut client = Client::connected();
    let id = client.request("a", seconds(5)).unwrap();
    client.receive(r#"461-/chat,0[{"_placeholder":true,"num":0}]"#);
    client.receive_binary(&[1, 2]);
    let reply = Reply { args: vec![placeholder(0)], attachments: vec![vec![1, 2]] };
    assert_eq!(client.resolved(), [(id, Ok(reply))]);
}

#[test]
fn a_request_without_an_answer_times_out() {
    let mut client = Client::connected();
    let slow = client.request("a", seconds(5)).unwrap();
    let fast = client.request("b", seconds(2)).unwrap();
    assert_eq!(client.next_deadline(), Some(seconds(2)));
    client.pass(seconds(2));
    assert_eq!(client.resolved(), [(fast, Err(RequestError::TimedOut))]);
    client.pass(seconds(3));
    assert_eq!(client.resolved(), [(slow, Err(RequestError::TimedOut))]);
    assert!(client.core.is_connected());
}

#[test]
fn an_answer_that_comes_too_late_or_twice_is_ignored() {
    let mut client = Client::connected();
    client.request("a", seconds(1)).unwrap();
    client.pass(seconds(1));
    client.resolved();
    client.receive("43/chat,0[]");
    client.receive("43/chat,0[]");
    assert_eq!(client.resolved(), []);
    assert!(client.core.is_connected());
}

#[test]
fn requests_fail_when_the_connection_is_lost() {
    let mut client = Client::connected();
    let id = client.request("a", seconds(5)).unwrap();
    client.lose_transport();
    assert_eq!(client.resolved(), [(id, Err(RequestError::Disconnected))]);
}

#[test]
fn an_answer_from_an_earlier_connection_never_fits_a_later_request() {
    let mut client = Client::connected();
    client.request("a", seconds(5)).unwrap();
    client.lose_transport();
    client.pass(seconds(10));
    client.let_in();
    client.resolved();
    client.request("b", seconds(5)).unwrap();
    client.receive("43/chat,0[]");
    assert_eq!(client.resolved(), []);
}

#[test]
fn a_timeout_without_end_does_not_overflow() {
    let mut client = Client::connected();
    client.request("a", std::time::Duration::MAX).unwrap();
    assert_eq!(client.next_deadline(), Some(seconds(45)));
}

#[test]
fn the_servers_question_is_answered_under_its_id() {
    let mut client = Client::connected();
    client.receive(r#"42/chat,77["ask"]"#);
    let ack = question(&mut client);
    client.core.reply(ack, vec![json!("yes")], vec![]);
    assert_eq!(client.actions(), [text(r#"43/chat,77["yes"]"#)]);
}

#[test]
fn the_servers_question_may_be_answered_with_attachments() {
    let mut client = Client::connected();
    client.receive(r#"42/chat,7["ask"]"#);
    let ack = question(&mut client);
    client.core.reply(ack, vec![placeholder(0)], vec![vec![9]]);
    let header = text(r#"461-/chat,7[{"_placeholder":true,"num":0}]"#);
    assert_eq!(client.actions(), [header, Action::Send(Frame::Binary(vec![9]))]);
}

#[test]
fn a_question_is_answered_once() {
    let mut client = Client::connected();
    client.receive(r#"42/chat,7["ask"]"#);
    let ack = question(&mut client);
    client.core.reply(ack, vec![], vec![]);
    client.core.reply(ack, vec![], vec![]);
    client.core.reply(ack + 1, vec![], vec![]);
    assert_eq!(client.actions(), [text("43/chat,7[]")]);
}

#[test]
fn a_question_of_an_earlier_connection_is_not_answered_on_a_later_one() {
    let mut client = Client::connected();
    client.receive(r#"42/chat,0["ask"]"#);
    let ack = question(&mut client);
    client.lose_transport();
    client.core.reply(ack, vec![], vec![]);
    client.pass(seconds(10));
    client.let_in();
    client.actions();
    client.receive(r#"42/chat,0["ask something else"]"#);
    client.core.reply(ack, vec![], vec![]);
    assert_eq!(client.actions(), []);
}
