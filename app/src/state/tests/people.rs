//! People.

use super::*;

#[test]
fn somebody_stops_typing_by_posting_by_going_or_after_a_while() {
    let typing = |table: &mut Table| {
        let changed = TypingChanged { room: table.room, parent: None, person: table.grace, typing: true };
        table.hears(ServerEvent::TypingChanged(changed));
        assert_eq!(table.state.typists(Conversation::of(table.room)), ["Grace"]);
    };
    let mut table = ada_in_a_room_with(0);
    typing(&mut table);
    table.hears(ServerEvent::MessagePosted(message(table.room, table.grace, 1)));
    assert!(table.state.typists(Conversation::of(table.room)).is_empty());
    typing(&mut table);
    let gone = Presence { person: table.grace, connections: 0, away: false };
    table.hears(ServerEvent::PresenceChanged(PresenceChanged { people: vec![gone] }));
    assert!(table.state.typists(Conversation::of(table.room)).is_empty());
    typing(&mut table);
    table.state.reduce(Change::Ticked(common::limits::TYPING_MILLIS));
    assert!(table.state.typists(Conversation::of(table.room)).is_empty());
}

#[test]
fn a_status_ends_when_its_time_has_come() {
    let mut table = ada_in_a_room_with(0);
    let until = Some(1_000);
    let status = Some(Status { emoji: "🌴".into(), text: "On holiday".into(), until });
    let grace = Person { status, ..(*table.state.person(table.grace).unwrap()).clone() };
    table.hears(ServerEvent::PersonChanged(grace));
    let is_set = |table: &Table| table.state.person(table.grace).unwrap().status.is_some();
    table.state.reduce(Change::Expired(999));
    assert!(is_set(&table));
    table.state.reduce(Change::Expired(1_000));
    assert!(!is_set(&table));
}

#[test]
fn who_has_seen_a_message_is_known_from_what_they_read_and_post() {
    let mut table = ada_in_a_room_with(0);
    let (room, ada, grace) = (table.room, table.ada, table.grace);
    let seen = |table: &Table, seq| {
        let messages = &table.room().timeline.as_ref().unwrap().messages;
        let message = messages.iter().find(|message| message.seq == seq).unwrap();
        table.state.seen_by(message).iter().map(|person| person.id).collect::<Vec<_>>()
    };
    for seq in [1, 2, 3] {
        table.hears(ServerEvent::MessagePosted(message(room, ada, seq)));
    }
    assert_eq!(seen(&table, 1), []);
    let reads = |table: &mut Table, seq| {
        let readers = vec![Reader { person: grace, seq }];
        table.hears(ServerEvent::ReadersMoved(ReadersMoved { room, readers }));
    };
    reads(&mut table, 2);
    reads(&mut table, 1);
    assert_eq!((seen(&table, 2), seen(&table, 3)), (vec![grace], vec![]), "it never moves back");
    table.hears(ServerEvent::MessagePosted(message(room, grace, 4)));
    assert_eq!((seen(&table, 3), seen(&table, 4)), (vec![grace], vec![]), "the reader's own position is not counted");

    let me = (*table.state.person(ada).unwrap()).clone();
    table.hears(ServerEvent::PersonChanged(Person { hides_reading: true, ..me }));
    assert_eq!(seen(&table, 3), [], "who does not show it does not see it");
}

#[test]
fn a_blocked_person_is_not_seen_typing() {
    let mut table = ada_in_a_room_with(0);
    let (room, person) = (table.room, table.grace);
    let typing = TypingChanged { room, parent: None, person, typing: true };
    for (blocked, expected) in [(true, 0), (false, 1)] {
        table.hears(ServerEvent::PersonBlocked(PersonBlocked { person, blocked }));
        table.hears(ServerEvent::TypingChanged(typing.clone()));
        assert_eq!(table.state.typists(Conversation::of(room)).len(), expected);
    }
}

#[test]
fn whoever_is_away_is_neither_offline_nor_online() {
    let mut table = ada_in_a_room_with(0);
    let person = table.grace;
    for (connections, away, expected) in [(1, false, Here::Online), (1, true, Here::Away), (0, false, Here::Offline)] {
        let people = vec![Presence { person, connections, away }];
        table.hears(ServerEvent::PresenceChanged(PresenceChanged { people }));
        assert_eq!(table.state.here(person), expected);
    }
}

#[test]
fn what_a_blocked_person_writes_is_not_unread_and_alerts_nobody() {
    let mut table = ada_in_a_room_with(0);
    let (room, ada, person) = (table.room, table.ada, table.grace);
    let call =
        |seq| Message { mentions: Mentions { everyone: false, people: vec![ada] }, ..message(room, person, seq) };
    table.hears(ServerEvent::PersonBlocked(PersonBlocked { person, blocked: true }));
    table.hears(ServerEvent::MessagePosted(call(1)));
    table.hears(edited(&call(1), 2, "Ada!", &[ada]));
    assert_eq!((table.room().summary.unread, table.room().summary.mentions.len(), table.state.badge()), (0, 0, 0));
    assert_eq!(table.state.reason(&call(1)), None);

    table.hears(ServerEvent::PersonBlocked(PersonBlocked { person, blocked: false }));
    table.hears(ServerEvent::MessagePosted(call(3)));
    assert_eq!((table.room().summary.unread, table.state.badge()), (1, 1));
    assert!(table.state.reason(&call(3)).is_some());
}

#[test]
fn a_snapshot_that_was_written_before_something_was_heard_does_not_take_it_back() {
    let mut table = ada_in_a_room_with(0);
    table.state.reduce(Change::Connected);
    let snapshot = table.snapshot(0);
    let grace = Person { name: "Rear Admiral Hopper".into(), ..(*table.state.person(table.grace).unwrap()).clone() };
    let here = Presence { person: table.grace, connections: 2, away: false };
    table.hears(ServerEvent::PersonChanged(grace));
    table.hears(ServerEvent::PresenceChanged(PresenceChanged { people: vec![here] }));
    table.state.reduce(Change::Snapshot(Box::new(snapshot.clone())));
    assert_eq!(table.state.person(table.grace).unwrap().name, "Rear Admiral Hopper");
    assert_eq!(table.state.presence.get(&table.grace), Some(&here));
    // What was heard on another connection may have changed since.
    table.state.reduce(Change::Connected);
    table.state.reduce(Change::Snapshot(Box::new(snapshot)));
    assert_eq!(table.state.person(table.grace).unwrap().name, "Grace");
    assert_eq!(table.state.presence.get(&table.grace), None);
}
