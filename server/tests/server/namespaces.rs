//! Namespaces: who is admitted where, which events arrive where, and what the refusal log says.

use crate::harness::{Device, Person, RawSocket, Workspace, code, hears, knock, within};
use common::{
    Code, CommandId, Refusal,
    audit::ListAudit,
    console::{CloseConnection, GetOverview, ListConnections},
    people::Role,
    programs::{CreateProgram, ListPrograms, NewProgram, RevokeProgram, WhoAmI},
    refusal_log::{ListRefusals, LoggedRefusal},
    rooms::{CreateRoom, RoomKind},
    roster::SetRole,
};
use serde_json::json;
use socket::Options;

const NAMESPACES: [&str; 3] = ["/chat", "/admin", "/bot"];

fn at(workspace: &Workspace, namespace: &str) -> Options {
    Options::new(format!("ws://{}", workspace.address()), namespace)
}

fn with_token(workspace: &Workspace, namespace: &str, token: &str) -> Options {
    at(workspace, namespace).auth(json!({ "token": token }))
}

async fn program(console: &Device) -> NewProgram {
    console.send(CreateProgram { name: "Deploys".into(), lasts: None }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_namespace_admits_only_its_own_kind_of_token() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let token = program(&console).await.token;
    for (namespace, token, expected) in [
        ("/admin", grace.token.as_str(), Code::NotAnAdmin),
        ("/bot", grace.token.as_str(), Code::WrongToken),
        ("/chat", token.expose().as_str(), Code::WrongToken),
        ("/admin", token.expose().as_str(), Code::WrongToken),
        ("/bot", "hubbub_bot_0000", Code::WrongToken),
        ("/chat", "0000", Code::SessionExpired),
        ("/admin", "0000", Code::SessionExpired),
    ] {
        assert_eq!(knock(with_token(&workspace, namespace, token)).await.code, expected, "{namespace}");
    }
    for namespace in NAMESPACES {
        assert_eq!(knock(at(&workspace, namespace)).await.code, Code::NotSignedIn, "{namespace}");
    }
    let bot = Device::enters(with_token(&workspace, "/bot", token.expose())).await;
    assert_eq!(bot.send(WhoAmI {}).await.unwrap().name, "Deploys");
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_namespaces_are_refused_and_forgotten() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    for number in 0..300 {
        let refusal = knock(with_token(&workspace, &format!("/nowhere/{number}"), &ada.token)).await;
        assert_eq!(refusal.code, Code::UnknownNamespace);
    }
    assert_eq!(knock(at(&workspace, "/")).await.code, Code::UnknownNamespace);
    let console = ada.opens_console().await;
    let entries = console.send(ListRefusals { query: "unknown_namespace".into(), before: None }).await.unwrap();
    assert_eq!((entries.len(), entries[0].middleware.as_str(), entries[0].times), (1, "namespace", 301));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_refused_again_and_again_is_disconnected() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let mut raw = RawSocket::open(workspace.address()).await;
    for number in 0..100 {
        raw.sends(format!("40/nowhere/{number},")).await;
        let refused = raw.next().await.unwrap();
        assert!(refused.starts_with(&format!("44/nowhere/{number},")), "{refused}");
    }
    raw.sends(format!(r#"40/chat,{{"token":"{}"}}"#, ada.token)).await;
    raw.hears_the_end().await;
    let entries = door(&ada.opens_console().await, "nowhere").await;
    assert_eq!((entries.len(), entries[0].times), (1, 100));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_left_its_last_namespace_is_disconnected() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let mut raw = RawSocket::joined(workspace.address(), &ada).await;
    raw.sends("41/chat,").await;
    raw.sends("40/lobby,").await;
    while !raw.next().await.unwrap().starts_with("40/lobby,") {}
    raw.sends("41/lobby,").await;
    raw.hears_the_end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_work_only_in_their_own_namespace() {
    let (workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let bot = Device::enters(with_token(&workspace, "/bot", program(&console).await.token.expose())).await;
    let chat = ada.connects().await;
    for name in common::words::COMMANDS {
        let answers = [&chat, &console, &bot].map(|device| device.asks(name, vec![json!({ "room": general })]));
        let answers = futures::future::join_all(answers).await;
        let takes = answers.iter().filter(|answer| answer["refusal"]["code"] != json!("unknown_command"));
        let expected = if name.starts_with("lobby:") { 0 } else { 1 };
        assert_eq!(takes.count(), expected, "{name} is taken in one namespace");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_message_reaches_no_other_namespace() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let mut console = ada.opens_console().await;
    let mut bot = Device::enters(with_token(&workspace, "/bot", program(&console).await.token.expose())).await;
    let graces = grace.connects().await;
    graces.posts(general, "Secret.").await;
    graces.settled().await;
    // Each answer comes after any event that would have leaked.
    bot.send(WhoAmI {}).await.unwrap();
    console.send(GetOverview {}).await.unwrap();
    for name in bot.names_heard().into_iter().chain(console.names_heard()) {
        assert_eq!(name, common::console::TICK);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_or_expired_token_closes_its_connection() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let NewProgram { program, token } = program(&console).await;
    let mut bot = Device::enters(with_token(&workspace, "/bot", token.expose())).await;
    console.send(RevokeProgram { program: program.id }).await.unwrap();
    assert_eq!(hears!(bot, SessionEnded).refusal.code, Code::WrongToken);
    bot.is_disconnected().await;
    assert_eq!(knock(with_token(&workspace, "/bot", token.expose())).await.code, Code::WrongToken);
    let ending = console.send(CreateProgram { name: "Ending".into(), lasts: Some(60_000) }).await.unwrap();
    let mut bot = Device::enters(with_token(&workspace, "/bot", ending.token.expose())).await;
    let soon = store::clock::now() + 500;
    workspace.changes("UPDATE programs SET until = $1 WHERE until IS NOT NULL", soon).await;
    bot.is_disconnected().await;
    let short = console.send(CreateProgram { name: "Short".into(), lasts: Some(1) }).await;
    assert_eq!(code(short), Code::Malformed);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_size_middleware_refuses_an_oversized_event() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (console, graces) = (ada.opens_console().await, grace.connects().await);
    let create = |chars| CreateRoom { kind: RoomKind::Public, name: "engines".into(), topic: "x".repeat(chars) };
    assert_eq!(code(graces.send(create(30_000)).await), Code::BadTopic, "that it is too long says the command itself");
    assert_eq!(code(graces.send(create(40_000)).await), Code::TooLarge);
    let refused = door(&console, "too_large").await.remove(0);
    let who = refused.person.map(|person| person.handle);
    let told = (refused.middleware.as_str(), refused.event.as_deref(), who.as_deref());
    assert_eq!(told, ("size", Some("room:create"), Some("grace")));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_console_shows_the_name_of_a_program() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let NewProgram { program, token } = program(&console).await;
    let bots = [(); 2].map(|()| Device::enters(with_token(&workspace, "/bot", token.expose())));
    let bots = futures::future::join_all(bots).await;
    for bot in &bots {
        assert_eq!(code(bot.send(ListPrograms {}).await), Code::UnknownCommand);
    }
    let query = program.name.to_uppercase();
    let page = console.send(ListConnections { after: None, query: query.clone() }).await.unwrap();
    let names: Vec<_> = page.connections.iter().map(|card| card.program.as_deref()).collect();
    assert_eq!(names, [Some(program.name.as_str()); 2]);
    let refused = door(&console, &query).await;
    assert_eq!(refused.iter().map(|one| one.program.as_deref()).collect::<Vec<_>>(), [Some(program.name.as_str()); 2]);
    console.send(CloseConnection { connection: page.connections[0].id }).await.unwrap();
    let acts = console.send(ListAudit::default()).await.unwrap();
    assert_eq!((acts[0].act.as_str(), &acts[0].subject), ("console:close", &program.name));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demoted_admin_leaves_the_console() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let adas = ada.opens_console().await;
    adas.send(SetRole { person: grace.id, role: Role::Admin }).await.unwrap();
    let mut graces = grace.opens_console().await;
    adas.send(SetRole { person: grace.id, role: Role::Member }).await.unwrap();
    graces.is_disconnected().await;
    assert_eq!(knock(with_token(&workspace, "/admin", &grace.token)).await.code, Code::NotAnAdmin);
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_out_ends_the_connections_to_all_namespaces() {
    let (_workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let (mut chat, mut console) = (ada.connects().await, ada.opens_console().await);
    ada.signs_out().await;
    console.is_disconnected().await;
    chat.is_disconnected().await;
}

async fn door(console: &Device, query: &str) -> Vec<LoggedRefusal> {
    console.send(ListRefusals { query: query.into(), before: None }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_refusal_log_names_person_namespace_middleware_and_remedy() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    knock(with_token(&workspace, "/admin", &grace.token)).await;
    knock(with_token(&workspace, "/admin", &grace.token)).await;
    let entries = door(&console, "grace").await;
    assert_eq!(entries.len(), 1, "the same twice is one entry: {entries:?}");
    let LoggedRefusal { namespace, middleware, code, times, address, remedy, .. } = &entries[0];
    assert_eq!((namespace.as_str(), middleware.as_str(), *code, *times), ("/admin", "role", Code::NotAnAdmin, 2));
    assert_eq!(address, "127.0.0.1");
    assert!(remedy.contains("admin"), "{remedy}");
    let graces = grace.connects().await;
    graces.asks("no:such", vec![json!({})]).await;
    let entries = door(&console, "no:such").await;
    assert_eq!((entries[0].event.as_deref(), entries[0].code), (Some("no:such"), Code::UnknownCommand));
    assert_eq!(entries[0].person.as_ref().map(|person| person.id), Some(grace.id));
    // Also refusals for want of rights, and refused forms.
    let rename = json!({ "id": CommandId::new(), "room": ada.landed_in(), "change": { "name": "mine" } });
    assert_eq!(graces.asks("room:change", vec![rename]).await["refusal"]["code"], json!("not_an_owner"));
    let entries = door(&console, "room:change").await;
    assert_eq!((entries[0].middleware.as_str(), entries[0].code), ("rights", Code::NotAnOwner));
    for _ in 0..2 {
        workspace.web.submits("/session", &[("handle", "grace"), ("password", "a wrong password")]).await;
    }
    let entries = door(&console, "/session").await;
    assert_eq!((entries.len(), entries[0].middleware.as_str(), entries[0].times), (1, "form", 2));
    assert_eq!((entries[0].code, entries[0].address.as_str()), (Code::WrongCredentials, "127.0.0.1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_client_over_the_rate_is_told_when_to_retry() {
    let workspace = Workspace::started_with(&["--rate", "1"]).await;
    let (ada, grace) = (workspace.owner("Ada Lovelace").await, workspace.sign_up("Grace Hopper").await);
    let general = ada.landed_in();
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let texts: Vec<String> = (0..320).map(|number| format!("Message {number}")).collect();
    let answers = futures::future::join_all(texts.iter().map(|text| adas.posts_or_not(general, text))).await;
    let refusals: Vec<Refusal> = answers.iter().filter_map(|answer| answer.clone().err()).collect();
    assert!(!refusals.is_empty() && refusals.iter().all(|refusal| refusal.code == Code::TooFast));
    assert!(refusals.iter().all(|refusal| refusal.retry_after.is_some_and(|millis| millis <= 1_000)));
    let first = answers.iter().position(Result::is_err).unwrap();
    assert!(answers[first..].iter().all(Result::is_err), "nothing overtakes what was refused");
    graces.posts(general, "I write as people do.").await;
    let entries = door(&ada.opens_console().await, "message:post").await;
    assert_eq!((entries.len(), entries[0].middleware.as_str()), (1, "rate"));
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_events_are_rate_limited_and_malformed_ones_are_in_the_refusal_log() {
    let workspace = Workspace::started_with(&["--rate", "1"]).await;
    let ada = workspace.owner("Ada Lovelace").await;
    let adas = ada.connects().await;
    let answers =
        futures::future::join_all((0..520).map(|number| adas.asks(&format!("no:such{number}"), vec![]))).await;
    let with = |code: &str| answers.iter().filter(|answer| answer["refusal"]["code"] == json!(code)).count();
    assert_eq!(with("unknown_command") + with("too_fast"), 520);
    assert!(with("too_fast") > 0);
    adas.asks("message:post", vec![json!({ "text": 7 })]).await;
    let console = ada.opens_console().await;
    assert_eq!(door(&console, "payload").await[0].event.as_deref(), Some("message:post"));
    assert!(door(&console, "").await.len() <= 50, "it is read in pages");
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_limited_per_person_and_per_address() {
    let flags = ["--connections-per-person", "2", "--connections-per-address", "4"];
    let workspace = Workspace::started_with(&flags).await;
    let (ada, grace) = (workspace.owner("Ada Lovelace").await, workspace.sign_up("Grace Hopper").await);
    let held = [ada.connects().await, ada.connects().await];
    assert_eq!(knock(ada.options()).await.code, Code::TooManyConnections, "a third one of Ada's");
    let graces = [grace.connects().await, grace.connects().await];
    let alan = workspace.sign_up("Alan Turing").await;
    assert_eq!(knock(alan.options()).await.code, Code::TooManyConnections, "a fifth one from here");
    let [one, _other] = held;
    one.disconnects().await;
    let _alans = within("there is room again", comes_in(&alan)).await;
    drop(graces);
}

/// Connects until it is admitted: the server may not have noticed a disconnect yet.
async fn comes_in(person: &Person) -> Device {
    loop {
        if let Ok(device) = Device::tries_to_enter(person.options()).await {
            return device;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_break_off_during_admission_are_uncounted() {
    let workspace = Workspace::started_with(&["--connections-per-address", "40"]).await;
    let ada = workspace.owner("Ada Lovelace").await;
    for _ in 0..90 {
        // The client disconnects right after the CONNECT packet, during the session lookup.
        let mut raw = RawSocket::open(workspace.address()).await;
        raw.sends(format!("40/chat,{{\"token\":\"{}\"}}", ada.token)).await;
    }
    drop(within("there is room", comes_in(&ada)).await);
    let console = within("and room for a console", async {
        loop {
            if let Ok(console) = Device::tries_to_enter(with_token(&workspace, "/admin", &ada.token)).await {
                return console;
            }
        }
    })
    .await;
    let all = async || console.send(ListConnections { after: None, query: String::new() }).await.unwrap();
    within("none is left over", async { while all().await.connections.len() > 2 {} }).await;
}
