//! What the list says, of frames as they are on the wire.

use super::{
    heard::{Heard, What},
    listening::{Shown, wait_after},
    panel::to_draw,
    row::Row,
    rows::{MOST, Rows},
    topic::{Filter, Topic},
};
use crate::state::{Change, ChatState};
use common::{
    Code, MessageId, PersonId, RoomId, ServerEvent,
    messages::{Message, MessagePage},
    notifications::Quiet,
    page::{Place, Snapshot, Workspace},
    people::{Person, Role},
    presence::{Presence, PresenceChanged},
    rooms::{RoomKind, RoomSummary, RoomView},
    secrets::MASK,
};
use leptos::prelude::Set;
use serde_json::{Value, json};
use socket::codec::Side;
use std::time::Duration;

/// Ada's list. She is in #general with Grace, who is online, and Alan, who is not.
struct Ear {
    rows: Rows,
    state: ChatState,
    room: RoomId,
    ada: PersonId,
    grace: PersonId,
    tick: f64,
}

impl Ear {
    fn new() -> Self {
        let person = |name: &str| Person::new(PersonId::new(), name.to_lowercase(), name.into(), 0, Role::Member);
        let people = ["Ada", "Grace", "Alan"].map(person);
        let [ada, grace, _] = people.each_ref().map(|person| person.id);
        let summary = RoomSummary::made(RoomId::new(), RoomKind::Public, "general".into(), 0);
        let view = RoomView {
            summary: summary.clone(),
            members: people.iter().map(|person| person.id).collect(),
            owners: vec![ada],
            page: MessagePage::default(),
            sought: None,
            readers: vec![],
        };
        let online = |person| Presence { person, connections: 1, away: false };
        let state = ChatState::new(Snapshot {
            me: people[0].clone(),
            workspace: Workspace { name: "Analytical".into(), sign_up_open: true, file_limit: 0 },
            people: people.to_vec(),
            rooms: vec![summary.clone()],
            presence: vec![online(ada), online(grace)],
            saved: vec![],
            blocked: vec![],
            place: Place::Room(Box::new(view)),
            thread: None,
            threads: vec![],
            quiet: Quiet::default(),
            at: 0,
        });
        Self { rows: Rows::default(), state, room: summary.id, ada, grace, tick: 0.0 }
    }

    fn hear(&mut self, what: What) {
        self.rows.hear(Heard { what, at: 1_765_357_200_000, tick: self.tick }, &self.state);
    }

    fn sends(&mut self, text: impl Into<String>) {
        self.hear(What::Text(Side::Client, text.into()));
    }

    /// The server's frame comes 3 milliseconds after what was before it.
    fn gets(&mut self, text: impl Into<String>) {
        self.tick += 2.4;
        self.hear(What::Text(Side::Server, text.into()));
    }

    fn asks(&mut self, number: u64, name: &str, payload: &Value) {
        self.sends(format!("42/chat,{number}{}", json!([name, payload])));
    }

    fn is_told(&mut self, event: &ServerEvent) {
        let payload = event.payload().expect("it can be written");
        self.gets(format!("42/chat,{}", json!([event.name(), payload])));
    }

    fn posts(&mut self, number: u64, text: &str) -> MessageId {
        let id = MessageId::new();
        self.asks(number, "message:post", &json!({ "id": id, "room": self.room, "text": text }));
        id
    }

    fn posted(&self, id: MessageId, author: PersonId, text: &str) -> ServerEvent {
        ServerEvent::MessagePosted(Message::posted(id, self.room, 1204, author, text.into(), 0))
    }

    fn sentences(&self) -> Vec<String> {
        self.rows.all().map(|row| row.sentence()).collect()
    }

    fn last(&self) -> &Row {
        self.rows.all().last().expect("there is a row")
    }
}

#[test]
fn a_message_its_answer_and_its_return_make_one_row() {
    let mut ear = Ear::new();
    let id = ear.posts(7, "hello");
    assert_eq!(ear.sentences(), ["You said “hello” in #general."]);
    ear.gets(r#"43/chat,7[{"ok":{"seq":1204,"at":0}}]"#);
    assert_eq!(ear.sentences(), ["You said “hello” in #general. Within 3 ms the server stored it as #1204."]);
    ear.is_told(&ear.posted(id, ear.ada, "hello"));
    let whole = "You said “hello” in #general. Within 3 ms the server stored it as #1204 and told 1 other person.";
    assert_eq!(ear.sentences(), [whole]);
    let row = ear.last();
    assert_eq!(
        (row.frames.len(), row.topic, row.is_error, row.names.as_str()),
        (3, Topic::Messages, false, "message:post")
    );
}

#[test]
fn ones_own_message_may_come_back_before_the_answer() {
    let mut ear = Ear::new();
    let id = ear.posts(7, "hello");
    ear.is_told(&ear.posted(id, ear.ada, "hello"));
    assert_eq!(ear.sentences(), ["You said “hello” in #general. The server told 1 other person."]);
    ear.gets(r#"43/chat,7[{"ok":{"seq":1204,"at":0}}]"#);
    assert!(ear.sentences()[0].ends_with("stored it as #1204 and told 1 other person."));
    assert_eq!(ear.rows.all().len(), 1);
}

#[test]
fn how_many_are_told_is_how_many_are_connected() {
    let mut ear = Ear::new();
    let presence = Presence { person: ear.grace, connections: 0, away: false };
    let event = ServerEvent::PresenceChanged(PresenceChanged { people: vec![presence] });
    ear.state.reduce(Change::Event { event, at: 0 });
    let id = ear.posts(7, "hello");
    ear.gets(r#"43/chat,7[{"ok":{"seq":1204,"at":0}}]"#);
    ear.is_told(&ear.posted(id, ear.ada, "hello"));
    assert!(ear.sentences()[0].ends_with("stored it as #1204. No one else in the room is online."));
}

#[test]
fn a_heartbeat_and_its_answer_make_one_row() {
    let mut ear = Ear::new();
    ear.gets("2");
    ear.sends("3");
    ear.gets("2");
    let beat = "The server asked: still there? Your browser answered.";
    ear.sends("3");
    assert_eq!(ear.sentences(), [beat, beat]);
    assert_eq!((ear.last().topic, ear.last().size()), (Topic::Heartbeat, 2));
}

#[test]
fn a_refusal_is_an_error_with_its_sentence() {
    let mut ear = Ear::new();
    ear.asks(8, "room:join", &json!({ "room": ear.room }));
    let refusal: common::Refusal = Code::UnknownRoom.into();
    ear.gets(format!("43/chat,8{}", json!([{ "refusal": refusal }])));
    assert_eq!(
        ear.sentences(),
        ["You asked to join #general. Within 3 ms the server refused: There is no such room, or you are not in it."]
    );
    assert!(ear.last().is_error);
}

#[test]
fn what_others_do_is_told_and_several_things_in_one_frame_one_by_one() {
    let mut ear = Ear::new();
    ear.is_told(&ear.posted(MessageId::new(), ear.grace, "tea?"));
    assert_eq!(ear.sentences(), ["Grace said “tea?” in #general. It is #1204."]);
    let batch = |count: usize, ear: &Ear| {
        let events: Vec<_> =
            (0..count).map(|number| ear.posted(MessageId::new(), ear.grace, &format!("tea {number}"))).collect();
        format!("42/chat,{}", json!(["batch", ServerEvent::batch(&events).expect("it can be written")]))
    };
    ear.gets(batch(2, &ear));
    assert_eq!(
        ear.last().sentence(),
        "Grace said “tea 0” in #general. It is #1204. Grace said “tea 1” in #general. It is #1204."
    );
    ear.gets(batch(10, &ear));
    assert!(ear.last().sentence().ends_with("“tea 2” in #general. It is #1204. And 7 more in the same frame."));
    ear.gets(r#"42/chat,["room:exploded",{}]"#);
    assert_eq!(ear.last().sentence(), "The server sent “room:exploded”, which this version does not know.");
}

#[test]
fn ones_own_message_among_others_is_told_in_both_rows() {
    let mut ear = Ear::new();
    let id = ear.posts(7, "hello");
    let events = [ear.posted(id, ear.ada, "hello"), ear.posted(MessageId::new(), ear.grace, "tea?")];
    ear.gets(format!("42/chat,{}", json!(["batch", ServerEvent::batch(&events).expect("it can be written")])));
    let [own, both] = &ear.sentences()[..] else { panic!("there are two rows") };
    assert_eq!(own, "You said “hello” in #general. The server told 1 other person.");
    assert_eq!(both, "You said “hello” in #general. It is #1204. Grace said “tea?” in #general. It is #1204.");
}

#[test]
fn a_connection_is_told_from_the_call_to_being_let_in_without_its_secrets() {
    let mut ear = Ear::new();
    ear.hear(What::Opening);
    ear.gets(r#"0{"sid":"geheim","upgrades":[],"pingInterval":25000,"pingTimeout":20000}"#);
    ear.sends(r#"40/chat,{"token":"geheim","batch":true}"#);
    ear.gets(r#"40/chat,{"sid":"geheim"}"#);
    assert_eq!(
        ear.sentences(),
        [
            "Your browser opened a connection that stays open (a WebSocket).",
            "The server answered. Every 25 s it will ask whether your browser is still there.",
            "Your browser asked to be let into /chat. The server let your browser into /chat.",
        ]
    );
    let texts: Vec<&str> = ear.rows.all().flat_map(|row| &row.frames).map(|frame| frame.text.as_str()).collect();
    assert!(texts.len() == 3 && texts.iter().all(|text| text.contains(MASK) && !text.contains("geheim")), "{texts:?}");
}

#[test]
fn whoever_is_not_let_in_reads_why() {
    let mut ear = Ear::new();
    ear.sends("40/chat,");
    let refusal = serde_json::to_string(&common::Refusal::from(Code::SessionExpired)).expect("it can be written");
    ear.gets(format!("44/chat,{}", json!({ "message": refusal })));
    ear.gets(r#"44/chat,{"message":"Invalid namespace"}"#);
    assert_eq!(
        ear.sentences(),
        [
            "Your browser asked to be let into /chat. The server did not let your browser into /chat. Your session has ended. Sign in again to go on.",
            "The server did not let your browser into /chat. Invalid namespace",
        ]
    );
    assert!(ear.rows.all().all(|row| row.is_error));
}

#[test]
fn what_was_under_way_when_the_connection_ended_says_so() {
    let mut ear = Ear::new();
    ear.posts(7, "hello");
    ear.gets("2");
    ear.hear(What::Ended("the transport was closed".into()));
    ear.hear(What::Waiting(2, Duration::from_millis(1_250)));
    ear.gets("2");
    ear.sends("3");
    ear.gets(r#"43/chat,7[{"ok":null}]"#);
    assert_eq!(
        ear.sentences(),
        [
            "You said “hello” in #general. The connection ended before the answer came.",
            "The server asked: still there?",
            "The connection closed: the transport was closed.",
            "There is no connection. Attempt 2 to reconnect follows within 1.2 s.",
            "The server asked: still there? Your browser answered.",
            "The server answered question 7, which was asked before this list begins.",
        ]
    );
}

#[test]
fn frames_that_break_the_rules_are_told_and_not_shown() {
    let mut ear = Ear::new();
    for text in ["", "9", "43/chat,7[", "42/chat,7{}", r#"42/chat,7["message:post"]"#, r#"43/chat,7["what"]"#] {
        ear.gets(text);
        ear.sends(text);
    }
    ear.hear(What::Bytes(Side::Server, 3));
    assert_eq!(ear.last().sentence(), "The server sent 3 bytes that belong to the frame before them.");
    assert_eq!(ear.sentences()[0], "The server sent something that cannot be read: the frame is empty.");
}

#[test]
fn the_list_has_an_end_by_rows_and_by_bytes() {
    let mut ear = Ear::new();
    for number in 0..MOST as u64 + 10 {
        ear.posts(number, "hello");
        assert!(ear.rows.all().len() <= MOST);
    }
    assert_eq!((ear.rows.all().len(), ear.rows.all().next().map(|row| row.id)), (MOST - 90, Some(100)));
    // What is forgotten is not awaited any more.
    ear.gets(r#"43/chat,3[{"ok":{"seq":1204,"at":0}}]"#);
    assert!(ear.last().sentence().starts_with("The server answered question 3"));
    let long = ear.posted(MessageId::new(), ear.grace, &"b".repeat(30_000));
    for _ in 0..400 {
        ear.is_told(&long);
    }
    let kept: usize = ear.rows.all().map(|row| row.weight()).sum();
    assert!(kept <= 4 * 1024 * 1024 && ear.rows.all().len() > 100, "{kept} bytes in {} rows", ear.rows.all().len());
}

#[test]
fn one_sees_what_one_wants_to_see() {
    let mut ear = Ear::new();
    ear.posts(7, "hello");
    ear.gets("2");
    ear.asks(8, "typing:set", &json!({ "room": ear.room, "typing": true }));
    ear.hear(What::Ended("the transport was closed".into()));
    let seen = |filter: Filter, words: &str| {
        ear.rows.all().filter(|row| filter.lets_through(row, words)).map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(seen(Filter::All, ""), [0, 1, 2, 3]);
    assert_eq!(seen(Filter::Topic(Topic::Messages), ""), [0]);
    assert_eq!(seen(Filter::Topic(Topic::Heartbeat), ""), [1]);
    assert_eq!(seen(Filter::Topic(Topic::Presence), ""), [2]);
    assert_eq!(seen(Filter::Errors, ""), [0, 2, 3]);
    assert_eq!(seen(Filter::All, "#general"), [0, 2]);
    assert_eq!(seen(Filter::All, "typing:set"), [2]);
    assert_eq!(seen(Filter::Topic(Topic::Heartbeat), "hello"), [0; 0]);
}

#[test]
fn everything_that_a_row_says_can_be_saved_without_a_secret() {
    let mut ear = Ear::new();
    let subscription = json!({ "endpoint": "https://geheim", "p256dh": "geheim", "auth": "geheim" });
    ear.asks(7, "push:subscribe", &subscription);
    ear.gets(r#"43/chat,7[{"ok":null}]"#);
    let saved = super::saving::written(ear.last());
    assert_eq!(saved["at"], "2025-12-10T09:00:00.000Z");
    assert_eq!(saved["frames"][0]["from"], "browser");
    assert_eq!(saved["frames"][1]["text"], r#"43/chat,7[{"ok":null}]"#);
    assert!(saved["sentence"].as_str().is_some_and(|sentence| sentence.ends_with("Within 3 ms the server noted it.")));
    assert!(!saved.to_string().contains("geheim"), "{saved}");
}

#[test]
fn secrets_are_masked_in_answers_and_in_what_is_unknown() {
    let mut ear = Ear::new();
    let texts = |ear: &Ear| ear.last().frames.iter().map(|frame| frame.text.clone()).collect::<Vec<_>>();
    ear.asks(7, "program:create", &json!({ "name": "Deploys" }));
    let program = json!({ "id": MessageId::new(), "name": "Deploys", "at": 0, "until": null,
        "by": { "id": ear.ada, "handle": "ada", "name": "Ada" } });
    let answer = |token: &str| format!("43/chat,7{}", json!([{ "ok": { "program": program, "token": token } }]));
    ear.gets(answer("geheim"));
    assert_eq!(texts(&ear)[1], answer(MASK));
    for unknown in [r#"42/chat,["room:exploded",{"why":"geheim"}]"#, r#"43/chat,99[{"ok":"geheim"}]"#] {
        ear.gets(unknown);
        assert_eq!(texts(&ear), [unknown.replace("geheim", MASK)]);
    }
    ear.asks(9, "room:explode", &json!({ "why": "geheim" }));
    ear.gets(r#"43/chat,9[{"ok":"geheim"}]"#);
    assert_eq!(texts(&ear).iter().filter(|text| text.contains(MASK) && !text.contains("geheim")).count(), 2);
}

#[test]
fn what_is_heard_after_a_silence_is_listed_at_once_and_in_a_rush_twice_a_second() {
    let waits = [0.0, 200.0, 450.0, 600.0, -5.0].map(|since| wait_after(since).as_millis());
    assert_eq!(waits, [500, 300, 60, 60, 500]);
}

#[test]
fn whoever_follows_the_list_is_drawn_its_end_and_whoever_reads_all_of_it() {
    let mut ear = Ear::new();
    for number in 0..300 {
        ear.posts(number, "hello");
    }
    let listed: Vec<Shown> = ear.rows.all().map(Shown::of).collect();
    let ids = |shown: &[Shown]| (shown[0].id, shown.len());
    assert_eq!(ids(to_draw(&listed, true)), (240, 60));
    assert_eq!(ids(to_draw(&listed[..299], true)), (180, 119), "it is not cut with every row that comes");
    assert_eq!(ids(to_draw(&listed, false)), (0, 300));
    assert_eq!(ids(to_draw(&listed[..50], true)), (0, 50));
    listed[100].is_open.set(true);
    assert_eq!(ids(to_draw(&listed, true)), (100, 200), "what is open stays");
    assert!(to_draw(&[], true).is_empty());
}
