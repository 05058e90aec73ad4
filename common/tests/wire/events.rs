//! Every server event.

use crate::{
    cast::{ADA, COMPILERS, GENERAL, GRACE, HELLO, Known, MORNING, compilers, grace, hello},
    notifications::nights,
    previews::engine,
    reading::moved,
    snapshots::{assert_snapshot, name_of},
    threads::standing,
};
use common::{
    Code, Seq, ServerEvent,
    announcements::Announcement,
    blocks::PersonBlocked,
    connections::{ServerStopping, SessionEnded},
    events::BATCH,
    mentions::Mentions,
    messages::{MessageDeleted, MessageEdited},
    notifications::{Level, LevelChanged, QuietChanged},
    permissions::RoomRole,
    pins::PinChange,
    presence::{Presence, PresenceChanged},
    previews::PreviewsChanged,
    reactions::ReactionChange,
    reading::{Reader, ReadersMoved},
    rooms::{MemberChanged, MemberJoined, MemberLeft, RoomChange, RoomChanged, RoomRemoved, RoomStarred},
    saved::SavedChange,
    typing::TypingChanged,
};
use serde_json::{Value, json};

/// One of each, in the order of `common/src/events.rs`.
pub fn events() -> Vec<ServerEvent> {
    vec![
        ServerEvent::MessagePosted(hello()),
        ServerEvent::MessageEdited(MessageEdited {
            room: GENERAL,
            seq: 4,
            message: HELLO,
            message_seq: 3,
            author: ADA,
            parent: None,
            text: "Good morning, Grace!".into(),
            html: None,
            mentions: Mentions::default(),
            at: MORNING + 4_000,
        }),
        ServerEvent::MessageDeleted(MessageDeleted {
            room: GENERAL,
            seq: 5,
            message: HELLO,
            message_seq: 3,
            author: ADA,
            parent: None,
            at: MORNING + 5_000,
        }),
        ServerEvent::ReactionAdded(reacted(4)),
        ServerEvent::ReactionRemoved(reacted(5)),
        ServerEvent::PinAdded(pinned(4)),
        ServerEvent::PinRemoved(pinned(5)),
        ServerEvent::PreviewsChanged(PreviewsChanged {
            room: GENERAL,
            seq: 4,
            message: HELLO,
            person: ADA,
            previews: vec![engine()],
        }),
        ServerEvent::RoomAdded(compilers()),
        ServerEvent::RoomRemoved(RoomRemoved { room: COMPILERS }),
        ServerEvent::RoomStarred(RoomStarred { room: COMPILERS, starred: true }),
        ServerEvent::RoomChanged(RoomChanged {
            room: COMPILERS,
            seq: 2,
            by: ADA,
            change: RoomChange::Name("engines".into()),
            at: MORNING + 2_000,
        }),
        ServerEvent::MemberJoined(MemberJoined {
            room: GENERAL,
            seq: 2,
            person: GRACE,
            by: None,
            role: RoomRole::Member,
            at: MORNING + 2_000,
        }),
        ServerEvent::MemberLeft(MemberLeft {
            room: GENERAL,
            seq: 4,
            person: GRACE,
            by: Some(ADA),
            at: MORNING + 4_000,
        }),
        ServerEvent::MemberChanged(MemberChanged {
            room: COMPILERS,
            seq: 3,
            person: GRACE,
            role: RoomRole::Owner,
            by: ADA,
            at: MORNING + 3_000,
        }),
        ServerEvent::ReadMoved(moved()),
        ServerEvent::ThreadChanged(standing()),
        ServerEvent::LevelChanged(LevelChanged { room: GENERAL, level: Level::All }),
        ServerEvent::QuietChanged(QuietChanged { quiet: nights() }),
        ServerEvent::SavedAdded(SavedChange { room: GENERAL, message: HELLO }),
        ServerEvent::SavedRemoved(SavedChange { room: GENERAL, message: HELLO }),
        ServerEvent::ReadersMoved(ReadersMoved { room: GENERAL, readers: vec![Reader { person: GRACE, seq: 3 }] }),
        ServerEvent::TypingChanged(TypingChanged { room: GENERAL, parent: None, person: ADA, typing: true }),
        ServerEvent::PersonChanged(grace()),
        ServerEvent::PersonBlocked(PersonBlocked { person: GRACE, blocked: true }),
        ServerEvent::PresenceChanged(PresenceChanged {
            people: vec![Presence { person: ADA, connections: 2, away: false }],
        }),
        ServerEvent::Announced(Announcement { text: "Tea at four.".into(), by: ADA, room: None, at: MORNING + 9_000 }),
        ServerEvent::SessionEnded(SessionEnded { refusal: Code::SessionExpired.into() }),
        ServerEvent::ServerStopping(ServerStopping { return_within: 1_000 }),
    ]
}

fn reacted(seq: Seq) -> ReactionChange {
    ReactionChange { room: GENERAL, seq, message: HELLO, emoji: "👍".into(), person: GRACE }
}

fn pinned(seq: Seq) -> PinChange {
    PinChange { room: GENERAL, seq, message: HELLO, person: GRACE, at: MORNING + seq * 1_000 }
}

fn payload(event: &ServerEvent) -> Value {
    event.payload().expect("every payload can be written as JSON")
}

#[test]
fn every_event_has_its_name_and_its_payload() {
    for event in events() {
        let on_the_wire =
            json!({ "event": event.name(), "payload": payload(&event), "in_words": event.in_words(&Known) });
        assert_snapshot(&name_of("event", event.name()), &on_the_wire);
    }
}

#[test]
fn no_event_is_without_a_snapshot() {
    let names: Vec<_> = events().iter().map(ServerEvent::name).collect();
    assert_eq!(names, ServerEvent::NAMES);
}

#[test]
fn every_event_reads_back() {
    for event in events() {
        let read = ServerEvent::read(event.name(), payload(&event)).expect("what was written can be read");
        assert_eq!(read, Some(event));
    }
}

#[test]
fn an_event_of_a_later_version_is_passed_over() {
    let read = ServerEvent::read("room:exploded", json!({})).expect("an unknown name is no error");
    assert_eq!(read, None);
}

#[test]
fn a_batch_brings_events_in_their_order() {
    let payload = ServerEvent::batch(&events()[..2]).expect("every payload can be written as JSON");
    assert_snapshot("event_batch", &json!({ "event": BATCH, "payload": payload }));
    let read: Vec<_> = ServerEvent::read_all(BATCH, payload).into_iter().flatten().flatten().collect();
    assert_eq!(read, events()[..2]);
    let broken = ServerEvent::read_all(BATCH, json!([["message:posted"]]));
    assert!(matches!(broken.as_slice(), [Err(_)]));
}
