//! Sentences for people who do not program, where the snapshots of commands and events do not have them.

use crate::cast::{ADA, COMPILERS, GENERAL, GRACE, HELLO, Known, MORNING, NOWHERE, Stranger, general, hello};
use common::{
    PersonId, ServerEvent,
    catch_up::MissedEvents,
    messages::{Message, PostMessage},
    permissions::MemberGroup,
    presence::{Presence, PresenceChanged},
    reading::{Reader, ReadersMoved},
    rooms::{MemberJoined, RoomChange, RoomChanged},
    search::SearchPage,
    words::{Names, counted, quoted, read_command},
};
use serde::Serialize;
use serde_json::{Value, json};

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).expect("it can be written")
}

fn asked(name: &str, payload: Value) -> String {
    read_command(name, payload).expect("it is one").expect("it is known").asked(&Known)
}

#[test]
fn what_was_asked_and_answered_is_read_from_the_wire() {
    let payload = PostMessage { id: HELLO, ..PostMessage::new(GENERAL, "Hello") };
    let command = read_command("message:post", value(&payload)).expect("it is one").expect("it is known");
    assert_eq!(command.asked(&Known), "You said “Hello” in #general.");
    assert_eq!(command.answered(json!({ "seq": 1204, "at": MORNING }), &Known), Ok("stored it as #1204".into()));
    assert!(command.answered(json!({ "seq": "first" }), &Known).is_err());
}

#[test]
fn a_command_of_a_later_version_is_passed_over_and_a_broken_one_is_none() {
    assert!(read_command("room:explode", json!({})).is_ok_and(|command| command.is_none()));
    assert!(read_command("message:post", json!({ "room": 7 })).is_err());
}

#[test]
fn messages_are_told_with_their_files_and_what_they_reply_to() {
    let id = HELLO;
    let files = json!({ "id": id, "room": GENERAL, "text": "", "attachments": [HELLO, HELLO] });
    assert_eq!(asked("message:post", files), "You said 2 files in #general.");
    let reply = json!({ "id": id, "room": GENERAL, "text": "Yes", "parent": HELLO, "attachments": [HELLO] });
    assert_eq!(asked("message:post", reply), "You replied “Yes” with 1 file to “Hello, Grace!” in #general.");
    let posted = ServerEvent::MessagePosted(Message { parent: Some(HELLO), author: GRACE, ..hello() });
    assert_eq!(
        posted.in_words(&Known),
        "Grace Hopper replied “Hello, Grace!” to “Hello, Grace!” in #general. It is #3."
    );
}

#[test]
fn the_other_way_round_is_told_as_well() {
    for (name, payload, words) in [
        ("person:block", json!({ "person": GRACE, "blocked": false }), "You asked to hear from Grace Hopper again."),
        ("notify:quiet", json!({}), "You asked to be disturbed again."),
        ("snapshot:get", json!({ "room": null }), "Your browser asked for your rooms and people as they are now."),
        ("profile:status", json!({ "status": null }), "You asked to show no status any more."),
        ("profile:reading", json!({ "hidden": false }), "You asked to show others how far you have read."),
        ("presence:set", json!({ "away": false }), "Your browser said that you are back."),
        ("push:attend", json!({ "here": false }), "Your browser said that you are not looking at this page."),
        ("reach:report", json!({ "rooms": [] }), "Your browser said how far everything in 0 rooms has arrived."),
        (
            "room:star",
            json!({ "room": GENERAL, "starred": false }),
            "You asked to have #general no longer first in your sidebar.",
        ),
        (
            "thread:follow",
            json!({ "room": GENERAL, "parent": HELLO, "following": false }),
            "You asked not to follow the replies to “Hello, Grace!”.",
        ),
        (
            "typing:set",
            json!({ "room": GENERAL, "typing": false }),
            "Your browser said that you have stopped typing in #general.",
        ),
        (
            "message:around",
            json!({ "room": GENERAL, "spot": { "at": MORNING } }),
            "You asked for what was said in #general at some time.",
        ),
    ] {
        assert_eq!(asked(name, payload), words);
    }
}

#[test]
fn answers_are_told_by_what_is_in_them() {
    let answered = |name: &str, payload: Value, reply: Value| {
        read_command(name, payload)
            .expect("it is one")
            .expect("it is known")
            .answered(reply, &Known)
            .expect("it is its reply")
    };
    let catch_up = json!({ "room": GENERAL, "after": 2 });
    let too_many = value(&MissedEvents::TooMany { last: 30_000 });
    assert_eq!(answered("room:catchup", catch_up, too_many), "said that it is too much to send");
    let search = |found: SearchPage| answered("search:messages", json!({ "query": "tea" }), value(&found));
    assert_eq!(search(SearchPage::default()), "found nothing");
    assert_eq!(search(SearchPage { next: Some(1), ..SearchPage::default() }), "found 0 messages, and perhaps more");
    assert_eq!(answered("room:join", json!({ "room": GENERAL }), value(&general())), "let you into #general");
}

#[test]
fn every_change_of_a_room_is_told() {
    let told = |change| {
        ServerEvent::RoomChanged(RoomChanged { room: COMPILERS, seq: 2, by: GRACE, change, at: MORNING })
            .in_words(&Known)
    };
    for (change, words) in [
        (RoomChange::Topic("Tea".into()), "its topic is “Tea”"),
        (RoomChange::Topic(String::new()), "it has no topic"),
        (RoomChange::Archived(true), "it is archived"),
        (RoomChange::Archived(false), "it is not archived any more"),
        (RoomChange::Posting(MemberGroup::Owners), "only owners can post in it"),
        (RoomChange::Announcing(MemberGroup::Everyone), "everyone can address everyone in it"),
    ] {
        assert_eq!(told(change), format!("Grace Hopper changed compilers so that {words}."));
    }
}

#[test]
fn of_many_people_it_is_told_how_many() {
    let presence = |person, connections, away| Presence { person, connections, away };
    let told = |people: Vec<Presence>| ServerEvent::PresenceChanged(PresenceChanged { people }).in_words(&Known);
    assert_eq!(told(vec![presence(GRACE, 0, false)]), "Grace Hopper is offline now.");
    assert_eq!(told(vec![presence(GRACE, 1, true)]), "Grace Hopper is away.");
    assert_eq!(told(vec![presence(ADA, 1, false)]), "You are online.");
    assert_eq!(told(vec![presence(ADA, 1, false), presence(GRACE, 1, false)]), "2 people came, went or were away.");
    let reader = |person| Reader { person, seq: 3 };
    let read = ServerEvent::ReadersMoved(ReadersMoved { room: GENERAL, readers: vec![reader(ADA), reader(GRACE)] });
    assert_eq!(read.in_words(&Known), "2 people read further in #general.");
    let known: &dyn Names = &Known;
    assert_eq!(known.whom_all(&[]), "no one");
    assert_eq!(known.whom_all(&[GRACE, ADA]), "Grace Hopper and you");
    assert_eq!(known.whom_all(&[GRACE, ADA, PersonId::new(), PersonId::new()]), "Grace Hopper, you and 2 others");
}

#[test]
fn what_has_no_name_here_is_told_all_the_same() {
    let joined =
        MemberJoined { room: NOWHERE, seq: 2, person: ADA, by: Some(GRACE), role: Default::default(), at: MORNING };
    assert_eq!(ServerEvent::MemberJoined(joined).in_words(&Stranger), "You brought someone into a room.");
    assert_eq!(
        ServerEvent::MessagePosted(hello()).in_words(&Stranger),
        "Someone said “Hello, Grace!” in a room. It is #3."
    );
}

#[test]
fn numbers_and_texts_are_made_for_sentences() {
    assert_eq!(
        (counted(1_u32, "reply", "replies"), counted(0_usize, "reply", "replies")),
        ("1 reply".into(), "0 replies".into())
    );
    assert_eq!(quoted("One\n two"), "“One two”");
}
