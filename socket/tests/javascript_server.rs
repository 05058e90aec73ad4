//! The native transport against the official JavaScript server, which every
//! test starts for itself.

#[path = "javascript/client.rs"]
mod client;
#[path = "javascript/server.rs"]
mod server;

use std::time::Duration;

use client::Client;
use serde_json::{Value, json};
use server::Server;
use socket::{Backoff, DisconnectReason, Incoming, NotConnected, Options, RequestError, placeholder};

/// Short enough for a test to wait for.
const SHORT: Duration = Duration::from_millis(100);

fn chat(server: &Server) -> Options {
    let backoff = Backoff { base: Duration::from_millis(20), cap: Duration::from_millis(200) };
    Options::new(server.url(), "/chat").reconnect(backoff)
}

#[tokio::test]
async fn david_joins_the_namespace_he_asked_for() {
    let server = Server::start().await;
    for namespace in ["/", "/chat"] {
        let mut david = Client::connect(Options::new(server.url(), namespace));
        let id = david.connected().await.socket_id;
        let me = david.ask("who_am_i", vec![]).await;
        assert_eq!(me[0]["namespace"], namespace);
        assert_eq!(me[0]["id"], id);
    }
}

#[tokio::test]
async fn credentials_and_headers_reach_the_server() {
    let server = Server::start().await;
    let options = chat(&server)
        .auth(json!({ "token": "abc" }))
        .header("Cookie", "session=42")
        .header("Origin", "https://chat.example");
    let mut david = Client::connect(options);
    david.connected().await;
    let me = david.ask("who_am_i", vec![]).await;
    assert_eq!(me[0]["auth"], json!({ "token": "abc" }));
    assert_eq!(me[0]["cookie"], "session=42");
    assert_eq!(me[0]["origin"], "https://chat.example");
}

#[tokio::test]
async fn a_refusal_comes_with_its_data_and_may_be_overcome() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server).auth(json!({ "token": "wrong" })));
    let (message, data) = david
        .until(|incoming| match incoming {
            Incoming::ConnectRefused { message, data } => Some((message, data)),
            _ => None,
        })
        .await;
    assert_eq!(message, "Not authorized");
    assert_eq!(data, Some(json!({ "code": "bad_token", "retry": false })));
    david.socket.set_auth(json!({ "token": "right" }));
    david.socket.reconnect_now();
    david.connected().await;
}

#[tokio::test]
async fn a_namespace_that_does_not_exist_refuses() {
    let server = Server::start().await;
    let mut david = Client::connect(Options::new(server.url(), "/nowhere"));
    let message = david
        .until(|incoming| match incoming {
            Incoming::ConnectRefused { message, .. } => Some(message),
            _ => None,
        })
        .await;
    assert_eq!(message, "Invalid namespace");
}

#[tokio::test]
async fn a_request_is_answered() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    let args = vec![json!(1), json!("zwei €"), json!({ "drei": [null, true, 3.5] })];
    assert_eq!(david.ask("echo", args.clone()).await, args);
    assert_eq!(david.ask("echo", vec![]).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_request_without_an_answer_times_out() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    for timeout in [SHORT, Duration::ZERO] {
        let answer = david.socket.request_with("never_answer", vec![], vec![], timeout).await;
        assert_eq!(answer, Err(RequestError::TimedOut));
    }
    assert_eq!(david.ask("echo", vec![json!(1)]).await, [json!(1)]);
}

#[tokio::test]
async fn the_servers_question_is_answered() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    david.socket.emit("ask_me", vec![json!(10_000)]).unwrap();
    let question = david.event("question").await;
    assert_eq!(question.args, [json!(40), json!(2)]);
    david.socket.reply(question.ack.expect("asks"), vec![json!(42)]);
    assert_eq!(david.event("answered").await.args, [json!(42)]);
}

#[tokio::test]
async fn the_servers_question_times_out_and_a_late_answer_does_no_harm() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    david.socket.emit("ask_me", vec![json!(50)]).unwrap();
    let question = david.event("question").await;
    assert_eq!(david.event("answered").await.args, [json!("no answer")]);
    david.socket.reply(question.ack.expect("asks"), vec![json!("too late")]);
    assert_eq!(david.ask("echo", vec![json!(1)]).await, [json!(1)]);
}

#[tokio::test]
async fn bytes_go_to_the_server() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    let args = vec![json!({ "bytes": placeholder(0) }), placeholder(1)];
    let attachments = vec![vec![0xde, 0xad], vec![]];
    let limit = Duration::from_secs(10);
    let answer = david.socket.request_with("hex", args, attachments, limit).await;
    assert_eq!(answer.unwrap().args, [json!("dead"), json!("")]);
}

#[tokio::test]
async fn bytes_come_from_the_server() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    david.socket.emit("send_bytes", vec![]).unwrap();
    let event = david.event("bytes").await;
    assert_eq!(event.args, [placeholder(0), json!({ "inside": placeholder(1) })]);
    assert_eq!(event.attachments, [vec![1, 2, 3], vec![4, 5]]);
}

#[tokio::test]
async fn answers_may_be_bytes_both_ways() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    let limit = Duration::from_secs(10);
    let echo = david.socket.request_with("echo", vec![placeholder(0)], vec![vec![7; 100_000]], limit).await;
    assert_eq!(echo.unwrap().attachments, [vec![7; 100_000]]);
    david.socket.emit("ask_me_for_bytes", vec![]).unwrap();
    let ack = david.event("question").await.ack.expect("asks");
    david.socket.reply_binary(ack, vec![placeholder(0)], vec![vec![0xca, 0xfe]]);
    assert_eq!(david.event("answered").await.args, [json!("cafe")]);
}

#[tokio::test]
async fn what_is_sent_arrives_in_the_order_of_the_calls() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    let numbers: Vec<Value> = (0..1000).map(Value::from).collect();
    for number in &numbers {
        david.socket.emit("number", vec![number.clone()]).unwrap();
    }
    let asked = david.socket.request("numbers", vec![]);
    david.socket.emit("number", vec![json!("after")]).unwrap();
    assert_eq!(asked.await.unwrap().args, [Value::from(numbers)]);
}

#[tokio::test]
async fn nothing_is_sent_before_the_connection_is_made() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    assert_eq!(david.socket.emit("number", vec![json!(1)]), Err(NotConnected));
    assert_eq!(david.socket.request("numbers", vec![]).await, Err(RequestError::NotConnected));
    david.connected().await;
    assert_eq!(david.ask("numbers", vec![]).await, [json!([])]);
}

#[tokio::test]
async fn heartbeats_keep_the_connection_alive() {
    let server = Server::with(&[("PING_INTERVAL", "50"), ("PING_TIMEOUT", "5000")]).await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    while david.ask("heartbeats", vec![]).await[0].as_u64() < Some(5) {}
    assert!(david.nothing_happened());
}

#[tokio::test]
async fn a_server_that_freezes_is_noticed_and_found_again() {
    let server = Server::with(&[("PING_INTERVAL", "200"), ("PING_TIMEOUT", "1500")]).await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    server.freeze().await;
    assert_eq!(david.disconnected().await, DisconnectReason::PingTimeout);
    server.thaw().await;
    david.connected().await;
}

#[tokio::test]
async fn a_server_that_is_killed_is_found_again_when_it_is_back() {
    let mut server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    let unanswered = david.socket.request("never_answer", vec![]);
    server.kill().await;
    assert!(matches!(
        david.disconnected().await,
        DisconnectReason::TransportClosed | DisconnectReason::TransportError(_)
    ));
    assert_eq!(unanswered.await, Err(RequestError::Disconnected));
    assert_eq!(david.socket.emit("number", vec![]), Err(NotConnected));
    david.reconnecting(3).await;
    assert!(david.socket.last_error().is_some_and(|error| error.contains("refused")));
    server.restart().await;
    assert!(!david.connected().await.recovered);
    assert_eq!(david.ask("echo", vec![json!(1)]).await, [json!(1)]);
}

#[tokio::test]
async fn a_transport_that_the_server_closes_is_replaced() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    david.socket.emit("close_transport", vec![]).unwrap();
    assert_eq!(david.disconnected().await, DisconnectReason::TransportClosed);
    david.connected().await;
}

#[tokio::test]
async fn a_recovered_session_gets_what_it_missed() {
    let server = Server::with(&[("RECOVERY", "1")]).await;
    let mut david = Client::connect(chat(&server));
    let before = david.connected().await;
    assert!(!before.recovered);
    david.socket.emit("post", vec![json!("first")]).unwrap();
    assert_eq!(david.event("post").await.args[0], "first");
    david.socket.emit("close_transport_and_post", vec![json!("second"), json!("third")]).unwrap();
    david.disconnected().await;
    let after = david.connected().await;
    assert!(after.recovered);
    assert_eq!(after.socket_id, before.socket_id);
    assert_eq!(david.event("post").await.args[0], "second");
    assert_eq!(david.event("post").await.args[0], "third");
}

#[tokio::test]
async fn david_sent_away_by_the_server_stays_away_until_he_asks() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    david.socket.emit("send_me_away", vec![]).unwrap();
    assert_eq!(david.disconnected().await, DisconnectReason::ServerDisconnect);
    assert!(david.nothing_happened());
    david.socket.reconnect_now();
    david.connected().await;
}

#[tokio::test]
async fn disconnecting_says_goodbye_and_ends_the_stream() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    let mut jz = Client::connect(chat(&server));
    david.connected().await;
    jz.connected().await;
    jz.socket.emit("tell_me_who_leaves", vec![]).unwrap();
    jz.ask("echo", vec![]).await;
    david.socket.disconnect();
    assert_eq!(david.disconnected().await, DisconnectReason::ClientDisconnect);
    david.ended().await;
    assert_eq!(jz.event("left").await.args, [json!("client namespace disconnect")]);
}

#[tokio::test]
async fn dropping_the_last_socket_disconnects() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    let Client { socket, mut incomings } = david;
    drop(socket.clone());
    assert!(socket.is_connected());
    drop(socket);
    let mut david = client::Listener(&mut incomings);
    assert_eq!(david.next().await, Some(Incoming::Disconnected { reason: DisconnectReason::ClientDisconnect }));
    assert_eq!(david.next().await, None);
}

#[tokio::test]
async fn requests_work_for_someone_who_does_not_listen() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    let Client { socket, incomings } = david;
    drop(incomings);
    for number in 0..2000 {
        socket.emit("post", vec![json!(number)]).unwrap();
    }
    assert_eq!(socket.request("echo", vec![json!(1)]).await.unwrap().args, [json!(1)]);
}

#[tokio::test]
async fn someone_who_listens_late_misses_nothing() {
    let server = Server::start().await;
    let mut david = Client::connect(chat(&server));
    david.connected().await;
    for number in 0..3000 {
        david.socket.emit("post", vec![json!(number)]).unwrap();
    }
    for number in 0..3000 {
        assert_eq!(david.event("post").await.args, [json!(number)]);
    }
}
