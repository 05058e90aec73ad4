//! Bad input: each request is answered, nothing is stored by half, and
//! the server continues for everyone else.

use crate::harness::{Device, Person, RawSocket, Received, Workspace, code, hears, knock, within};
use common::{
    Code, MessageId, RoomId, limits,
    messages::{PostMessage, ReadHistory},
    rooms::{JoinRoom, OpenRoom},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use socket::{DisconnectReason, Options};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

fn post(room: RoomId, text: impl Into<String>) -> PostMessage {
    PostMessage::new(room, text)
}

/// Two connections that receive each other's messages: the server works.
struct Witnesses {
    adas: Device,
    graces: Device,
    room: RoomId,
}

impl Witnesses {
    async fn watch(ada: &Person, grace: &Person) -> Self {
        Self { adas: ada.connects().await, graces: grace.connects().await, room: ada.landed_in() }
    }

    async fn see_the_server_serve(&mut self, after: &str) {
        let text = format!("After {after:?}");
        self.adas.posts(self.room, &text).await;
        while hears!(self.graces, MessagePosted).text != text {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_text_is_refused() {
    let (workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let before = workspace.stored().await;
    for text in ["", " ", "\n\t \r\n", "\u{a0}\u{2003}"] {
        assert_eq!(code(device.send(post(general, text)).await), Code::EmptyText, "{text:?}");
    }
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_limited_by_characters_not_by_bytes() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let longest = "🦀".repeat(20_000);
    adas.posts(general, &longest).await;
    assert_eq!(hears!(graces, MessagePosted).text, longest);

    let before = workspace.stored().await;
    for text in ["x".repeat(20_001), "🦀".repeat(20_001)] {
        assert_eq!(code(adas.send(post(general, text)).await), Code::TextTooLong);
    }
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_payload_is_refused_and_the_next_command_is_carried_out() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let mut witnesses = Witnesses::watch(&ada, &grace).await;
    let device = ada.connects().await;
    let (id, room) = (MessageId::new(), general);
    let before = workspace.stored().await;
    let malformed = [
        ("message:post", json!({ "id": id, "room": room })),
        ("message:post", json!({ "id": id, "text": "No room." })),
        ("message:post", json!({ "room": room, "text": "No id." })),
        ("message:post", json!({ "id": "not-an-id", "room": room, "text": "x" })),
        ("message:post", json!({ "id": 7, "room": room, "text": "x" })),
        ("message:post", json!({ "id": id, "room": room, "text": 7 })),
        ("message:post", json!({ "id": id, "room": room, "text": null })),
        ("message:post", json!({ "id": id, "room": room, "text": ["x"] })),
        ("message:post", json!({ "id": id, "room": [room], "text": "x" })),
        ("message:post", json!({ "id": id, "room": room, "text": "x", "attachments": "x" })),
        ("message:post", json!({ "id": id, "room": room, "text": "x", "attachments": ["x"] })),
        ("message:post", json!({ "id": id, "room": room, "text": "x", "attachments": [null] })),
        ("message:history", json!({ "room": room, "before": "3" })),
        ("message:history", json!({ "room": room, "before": 1.5 })),
        ("message:history", json!({ "room": room, "before": 1e300 })),
        ("message:later", json!({ "room": room })),
        ("message:around", json!({ "room": room, "spot": 3 })),
        ("message:around", json!({ "room": room, "spot": { "seq": 1, "at": 2 } })),
        ("search:messages", json!({ "query": null })),
        ("search:messages", json!({ "query": "x", "next": "1" })),
        ("room:read", json!({ "room": room, "seq": true })),
        ("room:create", json!({ "kind": "secret", "name": "x" })),
        ("room:create", json!({ "kind": "public" })),
        ("room:join", json!({ "room": null })),
        ("room:leave", json!({})),
        ("room:open", json!({ "Room": room })),
        ("room:invite", json!({ "room": room, "people": grace.id })),
        ("room:invite", json!({ "room": room, "people": [null] })),
        ("direct:start", json!({ "people": {} })),
        ("typing:set", json!({ "room": room, "typing": "yes" })),
        ("profile:update", json!({ "name": "Ada", "hue": 256 })),
        ("profile:update", json!({ "name": "Ada", "hue": -1 })),
        ("snapshot:get", json!({ "room": "general" })),
    ];
    for (name, payload) in malformed {
        assert_malformed(&device, name, vec![payload]).await;
    }
    assert_eq!(workspace.stored().await, before);
    witnesses.see_the_server_serve("malformed payloads").await;
    device.posts(general, "On the same connection, too.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_refuses_a_payload_that_is_not_an_object() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let before = workspace.stored().await;
    for name in [
        "snapshot:get",
        "room:list",
        "room:create",
        "room:join",
        "room:leave",
        "room:invite",
        "room:open",
        "room:read",
        "direct:start",
        "message:post",
        "message:history",
        "message:later",
        "message:around",
        "search:messages",
        "thread:open",
        "thread:history",
        "thread:follow",
        "thread:read",
        "typing:set",
        "profile:update",
    ] {
        assert_malformed(&device, name, vec![]).await;
        for payload in [json!(null), json!(true), json!(42), json!("text"), json!([null, null, null])] {
            assert_malformed(&device, name, vec![payload]).await;
        }
    }
    assert_eq!(workspace.stored().await, before);
}

async fn assert_malformed(device: &Device, name: &str, args: Vec<Value>) {
    let sent = format!("{name} {args:?}");
    let answer = device.asks(name, args).await;
    let refusal = &answer["refusal"];
    assert_eq!(
        (&refusal["code"], &refusal["message"]),
        (&json!("malformed"), &json!(Code::Malformed.sentence())),
        "{sent}"
    );
    assert!(refusal["details"]["expected"].as_str().is_some_and(|expected| !expected.is_empty()), "{sent}: {answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_learns_which_field_is_wrong_and_nothing_is_echoed() {
    let (_workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    for (name, payload, field, expected) in [
        ("message:post", json!({ "room": general, "text": "x" }), "id", "a value"),
        ("message:post", json!({ "id": "my-secret", "room": general, "text": "x" }), "id", "a UUID"),
        ("room:create", json!({ "name": "tea", "kind": "my-secret" }), "kind", "public or private or direct"),
        (
            "message:around",
            json!({ "room": general, "spot": { "seq": "my-secret" } }),
            "spot.seq",
            "a whole number in range",
        ),
        ("message:around", json!("my-secret"), "", "an object"),
    ] {
        let answer = device.asks(name, vec![payload.clone()]).await;
        let details = &answer["refusal"]["details"];
        assert_eq!((&details["field"], &details["expected"]), (&json!(field), &json!(expected)), "{name} {payload}");
        assert!(!answer.to_string().contains("my-secret"), "{answer}");
    }
    assert_eq!(device.asks("room:list", vec![]).await["refusal"]["details"]["expected"], json!("a payload"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_ignores_unknown_fields() {
    let (_workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let payload =
        json!({ "id": MessageId::new(), "room": general, "text": "Hello.", "author": RoomId::new(), "seq": 99 });
    let answer = device.asks("message:post", vec![payload, json!("one more")]).await;
    assert_eq!(answer["ok"]["seq"], json!(3));
    assert_eq!(device.opens(general).await.page.messages[0].author, ada.id, "the person who signs in is the author");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_command_is_refused_and_an_event_without_acknowledgement_is_harmless() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let mut witnesses = Witnesses::watch(&ada, &grace).await;
    let device = ada.connects().await;
    let before = workspace.stored().await;
    for name in ["message:destroy", "", "message:POST", "message:posted", "🦀"] {
        let answer = device.asks(name, vec![json!({ "room": general })]).await;
        assert_eq!(answer["refusal"]["code"], json!("unknown_command"), "{name}");
        device.socket.emit(name, vec![]).unwrap();
    }
    device.socket.emit("message:post", vec![json!("nonsense")]).unwrap();
    device.settled().await;
    assert_eq!(workspace.stored().await, before);
    witnesses.see_the_server_serve("unknown commands").await;

    // A command without acknowledgement is carried out, too.
    device
        .socket
        .emit("message:post", vec![serde_json::to_value(post(general, "No answer, please.")).unwrap()])
        .unwrap();
    while hears!(witnesses.graces, MessagePosted).text != "No answer, please." {}
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_room_and_a_room_of_others_are_refused() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let compilers = adas.creates_room("compilers").await;
    let before = workspace.stored().await;
    for (room, expected) in [
        (RoomId::new(), Code::UnknownRoom),
        (RoomId(uuid::Uuid::nil()), Code::UnknownRoom),
        (RoomId(grace.id.0), Code::UnknownRoom),
        (compilers, Code::NotAMember),
    ] {
        assert_eq!(code(graces.send(post(room, "Hello?")).await), expected);
        assert_eq!(code(graces.send(OpenRoom { room }).await), expected);
        assert_eq!(code(graces.send(ReadHistory { room, before: 9 }).await), expected);
    }
    assert_eq!(code(graces.send(JoinRoom { room: RoomId::new() }).await), Code::UnknownRoom);
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_without_a_session_is_refused_with_the_reason() {
    let (workspace, _, grace, _) = Workspace::with_ada_and_grace().await;
    let plain = || Options::new(format!("ws://{}", workspace.address()), "/chat");
    for (options, expected) in [
        (plain(), Code::NotSignedIn),
        (plain().auth(json!({})), Code::NotSignedIn),
        (plain().auth(json!({ "token": 7 })), Code::NotSignedIn),
        (plain().header("cookie", "theme=dark; other"), Code::NotSignedIn),
        (plain().auth(json!({ "token": "" })), Code::SessionExpired),
        (plain().auth(json!({ "token": "not a token" })), Code::SessionExpired),
        (plain().auth(json!({ "token": "x".repeat(100_000) })), Code::SessionExpired),
        (plain().header("cookie", "hubbub=not-a-token"), Code::SessionExpired),
        (grace.options().header("origin", "http://evil.test"), Code::WrongOrigin),
        (grace.options().header("origin", "null"), Code::WrongOrigin),
    ] {
        let tried = format!("{options:?}");
        assert_eq!(knock(options).await, expected.into(), "{tried}");
    }
    Device::connect(grace.options().header("origin", format!("http://{}", workspace.address()))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_receives_no_event_before_it_is_admitted() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let mut witnesses = Witnesses::watch(&ada, &grace).await;
    let mut outsider = RawSocket::open(workspace.address()).await;
    outsider.sends(r#"40/chat,{"token":"not a token"}"#).await;
    let refusal = outsider.next().await.unwrap();
    assert!(refusal.starts_with("44/chat,"), "{refusal}");
    let before = workspace.stored().await;
    let command = json!(["message:post", post(general, "Let me in.")]);
    outsider.sends(format!("42/chat,1{command}")).await;
    witnesses.adas.types(general).await;
    // The server may close the connection; if it does not, its next packet is the welcome.
    outsider.sends(format!(r#"40/chat,{{"token":"{}"}}"#, grace.token)).await;
    let next = outsider.next().await;
    assert!(next.as_ref().is_none_or(|frame| frame == "1" || frame.starts_with("40/chat,")), "{next:?}");
    assert_eq!(workspace.stored().await, before);
    witnesses.see_the_server_serve("an outsider").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_sent_during_admission_is_answered() {
    let (workspace, _, grace, _) = Workspace::with_ada_and_grace().await;
    for _ in 0..100 {
        let mut raw = RawSocket::joined(workspace.address(), &grace).await;
        raw.sends("42/chat,7[\"room:list\",{}]").await;
        assert!(raw.answer(7).await.is_some_and(|answer| answer.starts_with("[{\"ok\":[")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_with_an_expired_session_is_refused() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    ada.connects().await.posts(general, "For members.").await;
    workspace.sessions_end(&grace, 1).await;
    assert_eq!(knock(grace.options()).await.code, Code::SessionExpired);
    assert_eq!(grace.visits("/").await.location(), "/sign-in");
    assert!(!grace.visits("/api/page").await.body.contains("For members."));
    let other = grace.submits("/me", &[("name", "Mallory"), ("hue", "1")]).await;
    assert_eq!(other.location(), "/sign-in?refused=not_signed_in");
    // A new sign-in works, and deletes expired sessions.
    let again = grace.signs_in().await;
    again.connects().await.posts(general, "Back again.").await;
    assert_eq!(workspace.count("sessions").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_session_ends_its_open_connections() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut device) = (ada.connects().await, grace.connects().await);
    workspace.sessions_end(&grace, store::clock::now() + 500).await;
    assert_eq!(hears!(device, SessionEnded).refusal.code, Code::SessionExpired);
    assert_eq!(device.is_disconnected().await, DisconnectReason::ServerDisconnect);
    adas.posts(general, "For members.").await;
    assert_eq!(knock(grace.options()).await.code, Code::SessionExpired);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_over_the_limit_closes_only_its_own_connection() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let mut witnesses = Witnesses::watch(&ada, &grace).await;
    let mut device = grace.connects().await;
    let before = workspace.stored().await;
    let lost = device.tries("message:post", vec![json!({ "text": "x".repeat(limits::FRAME_BYTES) })]);
    assert!(lost.await.is_err());
    device.is_disconnected().await;
    assert_eq!(workspace.stored().await, before);
    witnesses.see_the_server_serve("a large frame").await;
    device.is_back().await;
    device.posts(general, "I am back.").await;

    let mut raw = RawSocket::joined(workspace.address(), &grace).await;
    raw.sends_bytes(vec![7; limits::FRAME_BYTES + 1]).await;
    raw.hears_the_end().await;
    witnesses.see_the_server_serve("a large binary frame").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_of_exactly_the_limit_is_read() {
    let (_workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let text = "x".repeat(limits::FRAME_BYTES - 1_000);
    assert_eq!(code(device.send(post(general, text)).await), Code::TextTooLong);
    device.posts(general, "The connection goes on.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_on_a_websocket_leaves_other_connections_alone() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let mut witnesses = Witnesses::watch(&ada, &grace).await;
    let deep = format!("42/chat,1[\"message:post\",{}{}]", "[".repeat(60_000), "]".repeat(60_000));
    for garbage in [
        "",
        "garbage",
        "9",
        "4",
        "42",
        "42/chat,",
        "42/chat,[",
        "42/chat,[]",
        "42/chat,1[]",
        "42/chat,{}",
        "42/chat,1[7]",
        "42/chat,99999999999999999999[\"room:list\",{}]",
        "43/chat,5[]",
        "43/chat,[]",
        "44/chat,{}",
        "40/chat,{",
        "40/nowhere,",
        "451-/chat,[\"message:post\",{\"_placeholder\":true,\"num\":0}]",
        "459999999-/chat,[\"x\"]",
        "3",
        "5",
        "6",
        "2probe",
        "1",
        "\0\0\0",
        "42/chat,1[\"message:post\",{\"text\":\"\\ud800\"}]",
        &deep,
    ] {
        let mut raw = RawSocket::joined(workspace.address(), &grace).await;
        raw.sends(garbage).await;
        raw.sends("42/chat,7[\"room:list\",{}]").await;
        // The connection may close or continue, but the server must not fail.
        if let Some(answer) = raw.answer(7).await {
            assert!(answer.starts_with("[{\"ok\":["), "after {garbage:.60} came {answer}");
        }
        witnesses.see_the_server_serve(&format!("{garbage:.60}")).await;
    }
    let mut raw = RawSocket::joined(workspace.address(), &grace).await;
    raw.sends_bytes(vec![0, 159, 146, 150]).await;
    witnesses.see_the_server_serve("bytes out of nowhere").await;
    assert!(witnesses.graces.sees(general).await.iter().all(|text| text.starts_with("After ")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_is_not_utf8_is_malformed() {
    let (workspace, _, grace, general) = Workspace::with_ada_and_grace().await;
    let mut raw = RawSocket::joined(workspace.address(), &grace).await;
    let before = workspace.stored().await;
    let id = MessageId::new();
    raw.sends(format!(r#"42/chat,7["message:post",{{"id":"{id}","room":"{general}","text":"\ud800"}}]"#)).await;
    let answer = raw.answer(7).await.expect("the connection goes on");
    assert!(answer.starts_with(r#"[{"refusal":{"code":"malformed""#), "{answer}");
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_over_http_leaves_other_clients_alone() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let mut witnesses = Witnesses::watch(&ada, &grace).await;
    let before = workspace.stored().await.len();
    let long = format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(100_000));
    for garbage in [
        &b"\0\x01\x02\xff\xfe garbage \r\n\r\n"[..],
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
        b"POST /session HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\n",
        b"POST /session HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\ncookie: hubbub=\xff\xfe; =; ;;\r\nconnection: close\r\n\r\n",
        long.as_bytes(),
    ] {
        let mut stream = TcpStream::connect(workspace.address()).await.unwrap();
        // The server may close the connection before it has read everything.
        drop(stream.write_all(garbage).await);
        drop(stream.shutdown().await);
        let mut answer = Vec::new();
        drop(within("the end of the answer", stream.read_to_end(&mut answer)).await);
        let answer = String::from_utf8_lossy(&answer);
        assert!(!answer.starts_with("HTTP/1.1 5") || answer.starts_with("HTTP/1.1 505"), "{answer}");
        witnesses.see_the_server_serve("garbage").await;
    }
    assert_eq!(workspace.stored().await.len(), before + 2 * 7, "each witness's message and its place in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_polling_payload_that_is_too_large_is_refused() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let mut witnesses = Witnesses::watch(&ada, &grace).await;
    let web = &workspace.web;
    let opened = web.visits("/socket.io/?EIO=4&transport=polling").await.body;
    let session: Value = serde_json::from_str(&opened[1..]).unwrap();
    let path = format!("/socket.io/?EIO=4&transport=polling&sid={}", session["sid"].as_str().unwrap());
    let body = format!("42/chat,{}", "x".repeat(limits::FRAME_BYTES));
    let answer = Received::of(web.post(&path).body(body)).await;
    assert!(answer.status.is_client_error(), "{answer:?}");
    witnesses.see_the_server_serve("a large payload").await;
    for path in [
        "/socket.io/?EIO=3&transport=polling",
        "/socket.io/?EIO=4&transport=pigeon",
        "/socket.io/?EIO=4&transport=polling&sid=unknown",
    ] {
        assert_eq!(web.visits(path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
}
