//! People learn nothing about rooms of others: a private room, or a conversation of others, looks
//! to an outsider exactly like a room that does not exist.

use crate::harness::{Device, Person, Received, Workspace, code, picture, post_with};
use common::{
    Code, Command, CommandId, FileId, MessageId, PreviewId, RoomId, ServerEvent,
    blocks::BlockPerson,
    catch_up::CatchUp,
    delivery::{GetDelivery, ReportDelivery},
    messages::{DeleteMessage, EditMessage, ListVersions, PostMessage, ReadAround, ReadHistory, ReadNewer, Spot},
    notifications::{ExplainBadge, ExplainThreadBadge, Level, Quiet, SetLevel},
    page::GetSnapshot,
    people::{SetReading, SetStatus, SetZone, UpdateProfile},
    permissions::RoomRole,
    pins::{AddPin, ListPins, RemovePin},
    presence::SetAway,
    previews::RemovePreview,
    push::{GetPushKey, SetAttention, SubscribePush, UnsubscribePush},
    reactions::{AddReaction, RemoveReaction},
    reading::{MarkAllRead, MarkRead, MarkUnread},
    reports::ReportMessage,
    rooms::{
        ChangeMember, ChangeRoom, CreateRoom, InvitePeople, JoinRoom, LeaveRoom, ListRooms, OpenRoom, RemoveMember,
        RoomChange, StarRoom, StartDirect,
    },
    saved::{AddSaved, ListSaved, RemoveSaved},
    search::SearchMessages,
    threads::{FollowThread, ListThreads, MarkThreadRead, MarkThreadUnread, OpenThread, ReadThreadHistory},
    typing::SetTyping,
};
use image::ImageFormat;
use reqwest::header;
use serde_json::{Value, json};

/// Ada and Grace share secrets in a private room and in a conversation; Alan is in neither.
struct Secret {
    workspace: Workspace,
    ada: Person,
    grace: Person,
    alan: Person,
    general: RoomId,
    adas: Device,
    graces: Device,
    enigma: RoomId,
    talk: RoomId,
}

impl Secret {
    async fn kept() -> Self {
        let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
        let alan = workspace.sign_up("Alan Turing").await;
        let (adas, graces) = (ada.connects().await, grace.connects().await);
        let enigma = adas.creates_private_room("enigma").await;
        adas.invites(enigma, [&grace]).await;
        let talk = graces.talks_to([&ada]).await.id;
        for room in [enigma, talk] {
            adas.posts(room, "The bombe works.").await;
        }
        Self { workspace, ada, grace, alan, general, adas, graces, enigma, talk }
    }

    fn rooms(&self) -> [RoomId; 2] {
        [self.enigma, self.talk]
    }
}

/// Every command that takes a room, as an outsider would send it.
fn commands_about(room: RoomId, someone: &Person) -> Vec<(&'static str, Value)> {
    fn command<C: Command>(command: C) -> (&'static str, Value) {
        (C::NAME, serde_json::to_value(command).unwrap())
    }
    vec![
        command(JoinRoom { room }),
        command(LeaveRoom { room }),
        command(InvitePeople { room, people: vec![someone.id] }),
        command(ChangeRoom { id: CommandId::new(), room, change: RoomChange::Topic("Let me in.".into()) }),
        command(ChangeMember { id: CommandId::new(), room, person: someone.id, role: RoomRole::Owner }),
        command(RemoveMember { id: CommandId::new(), room, person: someone.id }),
        command(StarRoom { room, starred: true }),
        command(OpenRoom { room }),
        command(MarkRead { room, seq: 1 }),
        command(MarkUnread { room, seq: 1 }),
        command(OpenThread { room, parent: MessageId::new() }),
        command(ReadThreadHistory { room, parent: MessageId::new(), before: 100 }),
        command(FollowThread { room, parent: MessageId::new(), following: true }),
        command(MarkThreadRead { room, parent: MessageId::new(), seq: 1 }),
        command(MarkThreadUnread { room, parent: MessageId::new(), seq: 1 }),
        command(SetLevel { room, level: Level::All }),
        command(ExplainBadge { room }),
        command(GetDelivery { room, seq: 1 }),
        command(PostMessage::new(room, "Let me in.")),
        command(EditMessage { id: CommandId::new(), room, message: MessageId::new(), text: "Let me in.".into() }),
        command(DeleteMessage { id: CommandId::new(), room, message: MessageId::new() }),
        command(ReportMessage { room, message: MessageId::new(), reason: "Let me in.".into() }),
        command(ListVersions { room, message: MessageId::new() }),
        command(AddReaction { room, message: MessageId::new(), emoji: "👍".into() }),
        command(RemoveReaction { room, message: MessageId::new(), emoji: "👍".into() }),
        command(AddPin { room, message: MessageId::new() }),
        command(RemovePin { room, message: MessageId::new() }),
        command(RemovePreview { room, message: MessageId::new(), preview: PreviewId::new() }),
        command(ListPins { room }),
        command(AddSaved { room, message: MessageId::new() }),
        command(RemoveSaved { room, message: MessageId::new() }),
        command(ReadHistory { room, before: 100 }),
        command(ReadNewer { room, after: 0 }),
        command(ReadAround { room, spot: Spot::Seq(1) }),
        command(CatchUp { room, after: 0 }),
        command(SetTyping { room, parent: None, typing: true }),
        command(GetSnapshot { room: Some(room) }),
    ]
}

/// The commands that take no room.
/// `reach:report` and `rooms:read` take rooms and return nothing about them; the tests of `search:messages`
/// and `saved:list` are in `search.rs` and `saved.rs`.
const ABOUT_NO_ROOM: [&str; 20] = [
    ListRooms::NAME,
    ListThreads::NAME,
    ExplainThreadBadge::NAME,
    SearchMessages::NAME,
    ListSaved::NAME,
    ReportDelivery::NAME,
    MarkAllRead::NAME,
    Quiet::NAME,
    GetPushKey::NAME,
    SubscribePush::NAME,
    UnsubscribePush::NAME,
    SetAttention::NAME,
    CreateRoom::NAME,
    StartDirect::NAME,
    UpdateProfile::NAME,
    SetStatus::NAME,
    SetZone::NAME,
    SetReading::NAME,
    SetAway::NAME,
    BlockPerson::NAME,
];

#[tokio::test(flavor = "multi_thread")]
async fn the_tests_cover_every_command() {
    let registered = include_str!("../../src/namespaces/chat.rs").matches("    all.add").count();
    let workspace = Workspace::started().await;
    let ada = workspace.owner("Ada Lovelace").await;
    let known = commands_about(ada.landed_in(), &ada).len() + ABOUT_NO_ROOM.len();
    assert_eq!(registered, known, "a new command belongs into commands_about or ABOUT_NO_ROOM");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_answers_an_outsider_as_if_the_room_did_not_exist() {
    let secret = Secret::kept().await;
    let device = secret.alan.connects().await;
    let before = secret.workspace.stored().await;
    for room in secret.rooms() {
        let nowhere = RoomId::new();
        let of_secret = commands_about(room, &secret.alan).into_iter();
        for ((name, command), (_, of_nowhere)) in of_secret.zip(commands_about(nowhere, &secret.alan)) {
            let (answer, expected) =
                (device.asks(name, vec![command]).await, device.asks(name, vec![of_nowhere]).await);
            assert_eq!(essence(&answer.to_string(), room), essence(&expected.to_string(), nowhere), "{name}");
            let is_unknown = expected["refusal"]["code"] == json!("unknown_room")
                || expected["ok"]["place"]["unknown"]["room"] == json!(nowhere);
            assert!(is_unknown, "{name} says {expected}");
        }
    }
    assert_eq!(secret.workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_answers_an_outsider_as_if_the_room_did_not_exist() {
    let secret = Secret::kept().await;
    for room in secret.rooms() {
        let nowhere = RoomId::new();
        for (route, rest) in
            [("/rooms/", ""), ("/rooms/", "/1"), ("/api/page?room=", ""), ("/api/page?room=", "&seq=1")]
        {
            let answer = secret.alan.visits(&format!("{route}{room}{rest}")).await;
            let expected = secret.alan.visits(&format!("{route}{nowhere}{rest}")).await;
            assert_eq!(answer.status, expected.status);
            assert_eq!(page(&answer, room), page(&expected, nowhere), "{route}");
        }
        assert_eq!(secret.alan.visits(&format!("/rooms/{room}")).await.status, 404);
    }
}

/// The text without the room's id and without the server's clock.
fn essence(text: &str, room: RoomId) -> String {
    let text = text.replace(&room.to_string(), "ROOM");
    match text.rsplit_once(r#""at":"#) {
        Some((before, after)) => format!("{before}AT{}", after.trim_start_matches(|c: char| c.is_ascii_digit())),
        None => text,
    }
}

/// The page, without the nonce of its scripts either.
fn page(received: &Received, room: RoomId) -> String {
    let policy = received.header("content-security-policy");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or("no nonce");
    essence(&received.body, room).replace(nonce, "NONCE")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_uploader_reads_a_file_before_it_is_posted_and_members_after() {
    let secret = Secret::kept().await;
    let nowhere = format!("/files/{}", FileId::new());
    for room in secret.rooms() {
        let file = secret.ada.uploads("bombe.png", picture(800, 600, ImageFormat::Png)).await;
        let paths = [file.path(), file.thumbnail_path(), file.download_path()];
        for path in &paths {
            assert_eq!(secret.ada.fetches(path).await.status, 200);
            for other in [&secret.grace, &secret.alan] {
                assert_eq!(secret.workspace.web.visits(path).await.status, 401);
                let (answer, expected) = (other.fetches(path).await, other.fetches(&nowhere).await);
                assert_eq!((answer.status, answer.bytes), (expected.status, expected.bytes), "{path}");
            }
        }
        let post = post_with(room, "", [file.id]);
        secret.adas.send(post).await.unwrap();
        for path in &paths {
            assert_eq!(secret.grace.fetches(path).await.status, 200);
            let (answer, expected) = (secret.alan.fetches(path).await, secret.alan.fetches(&nowhere).await);
            assert_eq!((answer.status.as_u16(), answer.bytes), (404, expected.bytes), "{path}");
        }
        if room == secret.enigma {
            let tag = secret.grace.fetches(&file.path()).await.header("etag").to_owned();
            secret.graces.leaves(room).await;
            let again = secret.grace.fetches_with(&file.path(), &[(header::IF_NONE_MATCH, &tag)]).await;
            assert_eq!(again.status, 404, "a former member does not learn that it is the same");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_pages_of_an_outsider_do_not_mention_the_room() {
    let secret = Secret::kept().await;
    let device = secret.alan.connects().await;
    let mut seen = vec![
        device.asks("room:list", vec![json!({})]).await.to_string(),
        device.asks("snapshot:get", vec![json!({})]).await.to_string(),
    ];
    for path in
        ["/".to_owned(), "/browse".into(), "/profile".into(), "/api/page".into(), format!("/rooms/{}", secret.general)]
    {
        seen.push(secret.alan.visits(&path).await.body);
    }
    for seen in seen {
        assert!(seen.contains("general"), "{seen}");
        for room in secret.rooms() {
            assert!(!seen.contains(&room.to_string()), "{seen}");
        }
        assert!(!seen.contains("enigma") && !seen.contains("The bombe works."), "{seen}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_event_of_the_room_reaches_an_outsider() {
    let secret = Secret::kept().await;
    let mut alans = secret.alan.connects().await;
    let Secret { ref adas, ref graces, ref grace, .. } = secret;

    for room in secret.rooms() {
        let seq = adas.posts(room, "Do not tell Alan.").await.seq;
        adas.types(room).await;
        graces.reads(room, seq).await;
        let message = adas.says(room, "The bombe still works.").await;
        graces.reacts(room, message, "👍").await;
        graces.takes_back(room, message, "👍").await;
        adas.send(AddPin { room, message }).await.unwrap();
        graces.send(RemovePin { room, message }).await.unwrap();
        graces.send(AddSaved { room, message }).await.unwrap();
        graces.posts(room, "We do not.").await;
    }
    graces.leaves(secret.enigma).await;
    adas.invites(secret.enigma, [grace]).await;
    adas.changes(secret.enigma, RoomChange::Name("enigma, again".into())).await;
    adas.makes(grace, RoomRole::Owner, secret.enigma).await;
    adas.stars(secret.enigma, true).await;
    adas.creates_private_room("enigma, too").await;
    adas.posts(secret.general, "Ada is done.").await;
    graces.posts(secret.general, "Grace is done.").await;

    let mut heard = alans.hears_until("Ada is done.").await;
    heard.extend(alans.hears_until("Grace is done.").await);
    // Presence is public within the workspace.
    heard.retain(|event| !matches!(event, ServerEvent::PresenceChanged(_)));
    assert_eq!(heard, [], "not a word");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_member_receives_and_reads_nothing_of_a_private_room() {
    let mut secret = Secret::kept().await;
    let mut phone = secret.grace.connects().await;
    let enigma = secret.enigma;
    secret.graces.leaves(enigma).await;

    secret.adas.posts(enigma, "Has Grace left?").await;
    secret.adas.types(enigma).await;
    secret.adas.posts(secret.general, "Ada is done.").await;
    for device in [&mut secret.graces, &mut phone] {
        let heard = device.hears_until("Ada is done.").await;
        let after = heard.iter().skip_while(|event| !matches!(event, ServerEvent::RoomRemoved(_)));
        assert_eq!(after.skip(1).collect::<Vec<_>>(), Vec::<&ServerEvent>::new());
        assert!(!format!("{heard:?}").contains("Has Grace left?"), "{heard:?}");
    }

    for device in [&secret.graces, &phone, &secret.grace.connects().await] {
        assert_eq!(code(device.send(ReadHistory { room: enigma, before: 100 }).await), Code::UnknownRoom);
        assert_eq!(code(device.send(OpenRoom { room: enigma }).await), Code::UnknownRoom);
        assert_eq!(code(device.send(JoinRoom { room: enigma }).await), Code::UnknownRoom);
        assert!(!device.snapshot().await.rooms.iter().any(|room| room.id == enigma));
    }
    let page = secret.grace.visits(&format!("/rooms/{enigma}")).await;
    assert_eq!(page.status, 404);
    assert!(!page.body.contains("The bombe works."), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outsider_cannot_probe_for_a_message_of_a_private_room() {
    let secret = Secret::kept().await;
    let id = secret.adas.opens(secret.enigma).await.page.messages[0].id;
    let device = secret.alan.connects().await;
    let refused = code(device.send(PostMessage { id, ..PostMessage::new(secret.enigma, "Hm?") }).await);
    assert_eq!(refused, Code::UnknownRoom, "membership is looked at before the id");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_members_read_and_receive_a_public_room() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let compilers = adas.creates_room("compilers").await;
    adas.posts(compilers, "Members only.").await;
    adas.types(compilers).await;
    adas.posts(general, "The end.").await;
    let heard = graces.hears_until("The end.").await;
    assert!(
        !heard.iter().any(|event| matches!(event, ServerEvent::MessagePosted(_) | ServerEvent::TypingChanged(_))),
        "{heard:?}"
    );

    let before = workspace.stored().await;
    for (name, command) in commands_about(compilers, &grace) {
        let answer = graces.asks(name, vec![command]).await;
        match name {
            JoinRoom::NAME => {
                assert_eq!(answer["ok"]["id"], json!(compilers));
                graces.leaves(compilers).await;
            }
            GetSnapshot::NAME => assert_eq!(answer["ok"]["place"]["joinable"]["id"], json!(compilers)),
            _ => assert_eq!(answer["refusal"]["code"], json!("not_a_member"), "{name}"),
        }
    }
    let after = workspace.stored().await;
    let added = |table: &str| {
        let rows = |stored: &[String]| stored.iter().filter(|row| row.starts_with(&format!("{table}: "))).count();
        rows(&after) - rows(&before)
    };
    assert_eq!((added("events"), added("company")), (2, 1), "what joining and leaving left, and that they have met");
    assert_eq!(after.len(), before.len() + 3, "nothing else");
    let page = grace.visits(&format!("/rooms/{compilers}")).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("compilers") && !page.body.contains("Members only."), "{}", page.body);
    drop(ada);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_without_a_session_learns_nothing() {
    let secret = Secret::kept().await;
    for path in [
        "/",
        "/browse",
        "/profile",
        "/api/page",
        &format!("/rooms/{}", secret.general),
        &format!("/rooms/{}", secret.enigma),
    ] {
        let body = secret.workspace.web.visits(path).await.body;
        for word in ["general", "enigma", "bombe", "Lovelace", "Hopper", &secret.ada.id.to_string()] {
            assert!(!body.contains(word), "{word} in {path}: {body}");
        }
    }
}
