//! The lobby: open to all. Each message reaches exactly its audience, and nothing of the chat is there.

use crate::harness::{RawSocket, Visitor, Workspace, door, hears, knock, within};
use common::{
    Code, limits,
    lobby::{Attribution, Audience, CHAT_MESSAGE, DeliveryCount, EnterRoom, LeaveRoom, LobbyRoom, Namespace, Say},
};
use serde_json::{Value, json};
use socket::DisconnectReason;
use std::collections::HashSet;

/// Three guests in the lobby, two of them in the room "tea", and one in the garden.
struct Party {
    workspace: Workspace,
    ada: Visitor,
    grace: Visitor,
    alan: Visitor,
    gardener: Visitor,
}

impl Party {
    async fn gathers() -> Self {
        let workspace = Workspace::started().await;
        let ada = Visitor::comes(&workspace, Namespace::Lobby).await;
        let grace = Visitor::comes(&workspace, Namespace::Lobby).await;
        let alan = Visitor::comes(&workspace, Namespace::Lobby).await;
        let gardener = Visitor::comes(&workspace, Namespace::Garden).await;
        assert_eq!((ada.enters("tea").await, grace.enters("tea").await), (1, 2));
        Self { workspace, ada, grace, alan, gardener }
    }

    /// The named guests receive this next, from Ada; the others receive nothing.
    async fn hear(&mut self, listeners: &[&str], text: &str, to: &Audience) {
        let name = self.ada.name.clone();
        let everyone = [
            ("ada", &mut self.ada),
            ("grace", &mut self.grace),
            ("alan", &mut self.alan),
            ("the gardener", &mut self.gardener),
        ];
        for (who, visitor) in everyone {
            if listeners.contains(&who) {
                let (heard, said) = visitor.hears().await;
                assert_eq!((heard.as_str(), &said.from.name, &said.to), (text, &name, to), "{who}");
            }
        }
    }

    /// No guest has received more than the checks expected.
    async fn are_silent(mut self) {
        self.gardener.has_heard_nothing().await;
        self.alan.has_heard_nothing().await;
        for visitor in [&mut self.ada, &mut self.grace] {
            assert_eq!(visitor.hears().await.0, "Is anything to be heard?");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tutorials_chat_message_reaches_everyone_and_its_sender() {
    let workspace = Workspace::started().await;
    let mut ada = Visitor::comes(&workspace, Namespace::Lobby).await;
    let mut grace = Visitor::comes(&workspace, Namespace::Lobby).await;
    ada.socket.emit(CHAT_MESSAGE, vec![json!("Hello, Grace!")]).unwrap();
    for visitor in [&mut ada, &mut grace] {
        assert_eq!(visitor.hears().await.0, "Hello, Grace!");
    }
    let told: DeliveryCount =
        grace.asks(CHAT_MESSAGE, vec![json!("Hello, Ada!"), json!("an id of its own-7")]).await.unwrap();
    assert_eq!(told.told, 2);
    assert_eq!(ada.hears().await.0, "Hello, Ada!");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_message_reaches_exactly_its_audience() {
    let mut party = Party::gathers().await;
    let audiences: [(Audience, &[&str]); 5] = [
        (Audience::Everyone, &["ada", "grace", "alan"]),
        (Audience::Others, &["grace", "alan"]),
        (Audience::Room("tea".into()), &["ada", "grace"]),
        (Audience::Namespace(Namespace::Garden), &["the gardener"]),
        (Audience::Namespace(Namespace::Lobby), &["ada", "grace", "alan"]),
    ];
    for (number, (to, listeners)) in audiences.into_iter().enumerate() {
        let text = format!("Number {number}.");
        let told = party.ada.says(&text, to.clone()).await;
        assert_eq!(usize::try_from(told).unwrap(), listeners.len(), "{to:?}");
        party.hear(listeners, &text, &to).await;
    }
    party.are_silent().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_belongs_to_its_namespace_and_can_be_left() {
    let mut party = Party::gathers().await;
    assert_eq!(party.gardener.enters("tea").await, 1, "the garden has a room of that name, too");
    assert_eq!(party.ada.says("In the lobby.", Audience::Room(" #tea ".into())).await, 2);
    party.hear(&["ada", "grace"], "In the lobby.", &Audience::Room("tea".into())).await;

    assert_eq!(party.grace.enters("tea").await, 2, "entering twice is being in it once");
    assert_eq!(party.grace.leaves("tea").await, 1);
    assert_eq!(party.ada.says("Are you there?", Audience::Room("tea".into())).await, 1);
    party.hear(&["ada"], "Are you there?", &Audience::Room("tea".into())).await;
    let outside = party.grace.sends(Say { text: "Wait!".into(), to: Audience::Room("tea".into()) }).await;
    assert_eq!(outside.unwrap_err().code, Code::NotAMember);
    let left = party.grace.sends(LeaveRoom { room: "tea".into() }).await;
    assert_eq!(left.unwrap_err().code, Code::NotAMember);
    party.are_silent().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_disconnects_leaves_all_rooms() {
    let party = Party::gathers().await;
    let Party { workspace, ada, grace, .. } = party;
    grace.socket.disconnect();
    drop(grace);
    let alone = async { while ada.enters("tea").await > 1 {} };
    within("the room without the one who has gone", alone).await;
    assert_eq!(Visitor::comes(&workspace, Namespace::Lobby).await.enters("tea").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_command_is_refused_with_the_reason() {
    let workspace = Workspace::started().await;
    let mut ada = Visitor::comes(&workspace, Namespace::Lobby).await;
    let long = "x".repeat(limits::LOBBY_TEXT_CHARS + 1);
    let cases = [
        (CHAT_MESSAGE, vec![], Code::Malformed),
        (CHAT_MESSAGE, vec![json!(7)], Code::Malformed),
        (CHAT_MESSAGE, vec![json!({ "text": "x" })], Code::Malformed),
        (CHAT_MESSAGE, vec![json!(" ")], Code::EmptyText),
        (CHAT_MESSAGE, vec![json!(long)], Code::TextTooLong),
        ("lobby:say", vec![json!("x")], Code::Malformed),
        ("lobby:say", vec![json!({ "text": "x", "to": "strangers" })], Code::Malformed),
        ("lobby:say", vec![json!({ "text": "x", "to": { "namespace": "chat" } })], Code::Malformed),
        ("lobby:say", vec![json!({ "text": "x", "to": { "namespace": "/chat" } })], Code::Malformed),
        ("lobby:say", vec![json!({ "text": "x", "to": { "room": "everyone" } })], Code::NotAMember),
        ("lobby:say", vec![json!({ "text": "x", "to": { "room": ada.id } })], Code::NotAMember),
        ("lobby:say", vec![json!({ "text": "", "to": "everyone" })], Code::EmptyText),
        ("lobby:enter", vec![json!({})], Code::Malformed),
        ("lobby:enter", vec![json!({ "room": "" })], Code::BadRoomName),
        ("lobby:enter", vec![json!({ "room": "x".repeat(limits::LOBBY_ROOM_CHARS + 1) })], Code::BadRoomName),
        ("lobby:leave", vec![json!({ "room": "nowhere" })], Code::NotAMember),
    ];
    for (name, args, code) in cases {
        let refusal = ada.asks::<Value>(name, args.clone()).await.unwrap_err();
        assert_eq!(refusal.code, code, "{name} {args:?}");
    }
    ada.has_heard_nothing().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rooms_of_a_connection_are_limited() {
    let workspace = Workspace::started().await;
    let ada = Visitor::comes(&workspace, Namespace::Lobby).await;
    for number in 0..limits::LOBBY_ROOMS {
        ada.enters(&format!("room {number}")).await;
    }
    let one_more = ada.sends(EnterRoom { room: "one more".into() }).await;
    assert_eq!(one_more.unwrap_err().code, Code::TooManyRooms);
    ada.leaves("room 0").await;
    assert_eq!(
        ada.sends(EnterRoom { room: "one more".into() }).await,
        Ok(LobbyRoom { room: "one more".into(), members: 1 })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_guest_over_the_rate_is_told_when_to_retry() {
    let workspace = Workspace::started().await;
    let ada = Visitor::comes(&workspace, Namespace::Lobby).await;
    let mut grace = Visitor::comes(&workspace, Namespace::Lobby).await;
    let refusal = loop {
        if let Err(refusal) = ada.asks::<DeliveryCount>(CHAT_MESSAGE, vec![json!("Hello?")]).await {
            break refusal;
        }
    };
    assert_eq!(refusal.code, Code::TooFast);
    assert!(refusal.retry_after.is_some_and(|millis| millis > 0 && millis <= 201), "{refusal:?}");
    assert_eq!(refusal.message, format!("Too fast. Try again in {} ms.", refusal.retry_after.unwrap()));
    assert_eq!(grace.says("I am not too fast.", Audience::Everyone).await, 2);
    while grace.hears().await.0 != "I am not too fast." {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_ignores_the_rate_limit_is_disconnected() {
    let workspace = Workspace::started().await;
    let mut ada = Visitor::comes(&workspace, Namespace::Lobby).await;
    for _ in 0..1_000 {
        if ada.socket.emit("room:list", vec![json!({})]).is_err() {
            break;
        }
    }
    assert_eq!(ada.is_disconnected().await, DisconnectReason::ServerDisconnect);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_guest_has_a_unique_name_that_is_not_the_socket_id() {
    let workspace = Workspace::started().await;
    let mut all = Vec::new();
    for namespace in [Namespace::Lobby, Namespace::Garden, Namespace::Lobby] {
        all.push(Visitor::comes(&workspace, namespace).await);
    }
    let names: HashSet<_> = all.iter().map(|visitor| visitor.name.clone()).collect();
    assert_eq!(names.len(), all.len());

    let mut last = all.pop().unwrap();
    all[0].says("Hello!", Audience::Everyone).await;
    let heard = last.next_event().await;
    let said: Attribution = serde_json::from_value(heard.args[1].clone()).unwrap();
    assert_eq!(said.from.name, all[0].name);
    assert!(!format!("{heard:?}").contains(&all[0].id), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_lobby_refuses_connections_until_a_guest_leaves() {
    let workspace = Workspace::started().await;
    let mut all = Vec::new();
    let refusal = loop {
        match RawSocket::enters(workspace.address(), "/lobby").await {
            Ok(socket) => all.push(socket),
            Err(refusal) => break refusal,
        }
    };
    assert_eq!((refusal.code, refusal.message.as_str()), (Code::TooBusy, "The lobby is full. Try again in a while."));
    assert_eq!(all.len(), 300);
    all.clear();
    let again = async { while RawSocket::enters(workspace.address(), "/lobby/garden").await.is_err() {} };
    within("a place", again).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_lobby_refuses_connections_with_the_reason() {
    let workspace = Workspace::started_with(&["--lobby", "off"]).await;
    for namespace in Namespace::ALL {
        let refusal = knock(door(&workspace, namespace)).await;
        assert_eq!(refusal.code, Code::UnknownNamespace);
        assert_eq!(refusal.message, "The lobby is switched off on this server.");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_site_is_refused() {
    let workspace = Workspace::started().await;
    for namespace in Namespace::ALL {
        let from_elsewhere = door(&workspace, namespace).header("Origin", "https://evil.test");
        assert_eq!(knock(from_elsewhere).await.code, Code::WrongOrigin);
    }
    let allowed = Workspace::started_with(&["--allow-origin", "https://friendly.test"]).await;
    let from_friends = door(&allowed, Namespace::Lobby).header("Origin", "https://friendly.test");
    let (socket, mut incomings) = socket::native::connect(from_friends);
    let connected = within("an answer at the door", futures::StreamExt::next(&mut incomings)).await;
    assert!(matches!(connected, Some(socket::Incoming::Connected { .. })), "{connected:?}");
    drop(socket);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lobby_knows_no_command_of_the_chat() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let names = names_of_commands();
    assert!(names.contains(&"message:post") && names.len() > 50, "{names:?}");
    let before = workspace.stored().await;
    // The limit of events in a row from one connection.
    for names in names.chunks(20) {
        let visitor = Visitor::comes(&workspace, Namespace::Lobby).await;
        for name in names {
            let refusal = visitor.asks::<Value>(name, vec![json!({ "room": ada.landed_in() })]).await.unwrap_err();
            assert_eq!(refusal.code, Code::UnknownCommand, "{name}");
        }
    }
    assert_eq!(workspace.stored().await, before);
}

/// The names in the `command!` lines of `common`, without those of the lobby.
fn names_of_commands() -> Vec<&'static str> {
    let sources = concat!(env!("CARGO_MANIFEST_DIR"), "/../common/src");
    let files = std::fs::read_dir(sources).unwrap().map(|file| file.unwrap().path());
    let texts = files.filter(|path| path.is_file()).map(|path| std::fs::read_to_string(path).unwrap());
    let lines = texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
    let commands = lines.filter(|line| line.starts_with("command!("));
    let names = commands.map(|line| line.split('"').nth(1).unwrap().to_owned());
    names.filter(|name| !name.starts_with("lobby:")).map(|name| &*name.leak()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn chat_and_lobby_receive_none_of_each_others_events() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let mut visitor = Visitor::comes(&workspace, Namespace::Lobby).await;
    let room = format!("room:{general}");
    for name in [general.to_string(), room[..limits::LOBBY_ROOM_CHARS].to_owned(), "everyone".into(), "batch".into()] {
        drop(visitor.sends(EnterRoom { room: name }).await);
    }
    for name in ["message:posted", "presence:changed", "server:stopping", "session:ended", "batch"] {
        assert_eq!(visitor.asks::<Value>(name, vec![json!([])]).await.unwrap_err().code, Code::UnknownCommand);
    }
    adas.posts(general, "Members only.").await;
    adas.types(general).await;
    visitor.says("Visitors only.", Audience::Everyone).await;
    let (heard, _) = visitor.hears().await;
    assert_eq!(heard, "Visitors only.");
    visitor.has_heard_nothing().await;

    assert_eq!(hears!(graces, MessagePosted).text, "Members only.");
    adas.posts(general, "The end.").await;
    let heard = graces.hears_until("The end.").await;
    assert!(!format!("{heard:?}").contains("Visitors only."), "{heard:?}");
    let through_the_wrong_door = adas.asks(CHAT_MESSAGE, vec![json!("Hello?")]).await;
    assert_eq!(through_the_wrong_door["refusal"]["code"], json!("unknown_command"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_sent_before_admission_is_processed_after_it() {
    let workspace = Workspace::started().await;
    for _ in 0..20 {
        let mut raw = RawSocket::open(workspace.address()).await;
        raw.sends("40/lobby,").await;
        let answer = raw.next().await;
        assert!(answer.as_ref().is_some_and(|frame| frame.starts_with("40/lobby,")), "{answer:?}");
        raw.sends(r#"42/lobby,["chat message","At once."]"#).await;
        let mut heard = raw.next().await.unwrap();
        if heard.contains("lobby:welcome") {
            heard = raw.next().await.unwrap();
        }
        assert!(heard.starts_with(r#"42/lobby,["chat message","At once.",{"from":"#), "{heard}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_can_enter_several_namespaces() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let mut raw = RawSocket::joined(workspace.address(), &ada).await;
    raw.sends("40/lobby,").await;
    while !raw.next().await.unwrap().starts_with(r#"42/lobby,["lobby:welcome""#) {}
    raw.sends(r#"42/lobby,1["room:list",{}]"#).await;
    // Presence events of the chat may arrive before.
    let answer = loop {
        let frame = raw.next().await.unwrap();
        if frame.starts_with("43/lobby,1") {
            break frame;
        }
    };
    assert!(answer.starts_with(r#"43/lobby,1[{"refusal":{"code":"unknown_command""#), "{answer}");
    raw.sends(r#"42/chat,2["room:list",{}]"#).await;
    assert!(raw.answer(2).await.unwrap().starts_with(r#"[{"ok":"#));
}
