//! The log: in its order, without holes, and complete.

use super::*;

#[test]
fn a_message_that_comes_twice_is_shown_and_counted_once() {
    let mut table = ada_in_a_room_with(2);
    let third = message(table.room, table.grace, 3);
    table.hears(ServerEvent::MessagePosted(third.clone()));
    table.hears(ServerEvent::MessagePosted(third));
    assert_eq!(table.seqs(), [1, 2, 3]);
    assert_eq!(table.room().summary.unread, 1);
}

#[test]
fn a_jump_in_the_log_says_which_room_has_a_hole_until_what_was_missed_is_here() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    assert_eq!(table.hears(ServerEvent::MessagePosted(message(room, grace, 3))), None);
    assert_eq!(table.hears(ServerEvent::MessagePosted(message(room, grace, 5))), Some(room));
    assert_eq!(table.state.behind(), [room]);
    let events = vec![logged(ServerEvent::MessagePosted(message(room, grace, 4)))];
    table.state.reduce(Change::CaughtUp { room, events });
    assert_eq!((table.seqs(), table.room().complete), (vec![1, 2, 3, 4, 5], 5));
    assert_eq!(table.room().summary.unread, 3, "each is counted once");
    assert_eq!(table.hears(ServerEvent::MessagePosted(message(room, grace, 6))), None);
}

#[test]
fn what_was_missed_while_away_is_not_counted_again() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    let summary = RoomSummary { seq: 4, unread: 2, ..table.room().summary.clone() };
    table.state.reduce(Change::Entered(summary));
    assert_eq!(table.state.missing(), 2);
    let events = (3..=4).map(|seq| logged(ServerEvent::MessagePosted(message(room, grace, seq)))).collect();
    table.state.reduce(Change::CaughtUp { room, events });
    assert_eq!((table.state.missing(), table.room().summary.unread), (0, 2));
}

#[test]
fn a_change_to_a_message_stays_when_an_older_one_comes_late() {
    let mut table = ada_in_a_room_with(2);
    let room = table.room;
    let id = table.room().timeline.as_ref().unwrap().messages[1].id;
    let of = Message { id, ..message(room, table.grace, 2) };
    let edited = |seq, text: &str| edited(&of, seq, text, &[]);
    assert_eq!(table.hears(edited(4, "second change")), Some(room), "the third event is missing");
    table.state.reduce(Change::CaughtUp { room, events: vec![logged(edited(3, "first change"))] });
    let text = |table: &Table| table.room().timeline.as_ref().unwrap().messages[1].text.clone();
    assert_eq!((text(&table), table.room().complete), ("second change".into(), 4));
    table.hears(deleted(&of, 5));
    assert_eq!(text(&table), "");
    assert!(table.room().timeline.as_ref().unwrap().messages[1].is_deleted());
}

#[test]
fn an_event_that_overtakes_a_room_on_its_way_is_not_lost() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    let id = table.room().timeline.as_ref().unwrap().messages[1].id;
    let view = RoomView {
        summary: table.room().summary.clone(),
        members: vec![grace],
        owners: Vec::new(),
        page: MessagePage {
            messages: vec![message(room, grace, 1), Message { id, ..message(room, grace, 2) }],
            ..MessagePage::default()
        },
        sought: None,
        readers: Vec::new(),
    };
    table.state.reduce(Change::Reset(room));
    let event = edited(&Message { id, ..message(room, grace, 2) }, 3, "edited", &[]);
    assert_eq!(table.hears(event), Some(room), "it is not loaded");
    table.state.reduce(Change::Opened(view));
    assert_eq!(
        (table.state.missing(), table.room().timeline.as_ref().unwrap().messages[1].text.as_str()),
        (0, "edited")
    );
}

#[test]
fn a_page_of_history_that_was_written_before_a_change_shows_the_change() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    let old = message(room, grace, 0);
    table.hears(edited(&old, 3, "edited", &[]));
    table.state.reduce(Change::Earlier { room, page: MessagePage { messages: vec![old], ..MessagePage::default() } });
    assert_eq!(table.room().timeline.as_ref().unwrap().messages[0].text, "edited");
}

#[test]
fn an_event_of_a_later_version_is_passed_over_and_leaves_no_hole() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    let unknown = LogEntry { seq: 3, name: "room:exploded".into(), payload: serde_json::Value::Null };
    let events = vec![unknown, logged(ServerEvent::MessagePosted(message(room, grace, 4)))];
    table.state.reduce(Change::CaughtUp { room, events });
    assert_eq!((table.seqs(), table.room().complete), (vec![1, 2, 4], 4));
}

#[test]
fn joining_takes_a_place_in_the_log_too() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    let hopper = PersonId::new();
    assert_eq!(table.hears(joined(room, 3, hopper)), None);
    assert_eq!(table.hears(ServerEvent::MessagePosted(message(room, grace, 4))), None);
    assert!(table.room().members.contains(&hopper));
    assert_eq!(table.room().summary.unread, 1);
}

#[test]
fn a_page_that_does_not_touch_what_is_loaded_replaces_it() {
    let mut table = ada_in_a_room_with(3);
    let (room, grace) = (table.room, table.grace);
    let messages = (100..=150).map(|seq| message(room, grace, seq)).collect();
    let summary = RoomSummary { seq: 150, ..table.room().summary.clone() };
    let page = MessagePage { messages, earlier: true, ..MessagePage::default() };
    let (owners, readers) = (Vec::new(), Vec::new());
    let view = RoomView { summary, members: Vec::new(), owners, page, sought: None, readers };
    table.state.reduce(Change::Opened(view));
    assert_eq!(table.seqs(), (100..=150).collect::<Vec<_>>());
    assert!(table.room().timeline.as_ref().unwrap().earlier);
}

#[test]
fn the_log_goes_on_while_older_messages_are_shown_and_nothing_of_it_is_lost() {
    let mut table = ada_in_a_room_with(60);
    let (room, grace) = (table.room, table.grace);
    let old: Vec<Message> = (-30..=-21).map(|seq| message(room, grace, seq)).collect();
    let page = MessagePage { messages: old.clone(), earlier: true, later: true, notes: Vec::new() };
    table.state.reduce(Change::Shown { room, page });
    table.state.reduce(Change::LedTo { room, seq: -25 });
    let shown = |table: &Table| {
        let timeline = table.room().timeline.as_ref().unwrap();
        (timeline.shown().iter().map(|message| message.seq).collect::<Vec<_>>(), timeline.has_later())
    };
    let posted = message(room, grace, 61);
    table.hears(ServerEvent::MessagePosted(posted.clone()));
    let id = table.posts("from up here");
    table.state.reduce(Change::Acknowledged {
        id,
        posted: Posted { seq: 62, at: 9, html: None, mentions: Mentions::default() },
    });
    let mine = Message { id, ..message(room, table.ada, 62) };
    table.hears(ServerEvent::MessagePosted(mine));
    table.hears(edited(&old[3], 63, "edited", &[]));
    table.hears(deleted(&posted, 64));
    assert_eq!(shown(&table), ((-30..=-21).collect(), true));
    assert_eq!((table.room().complete, table.room().summary.unread), (64, 0), "posting reads");
    assert_eq!(table.room().timeline.as_ref().unwrap().shown()[3].text, "edited");

    table.state.reduce(Change::Newest(room));
    assert_eq!(shown(&table), ((1..=62).collect(), false));
    assert!(table.room().timeline.as_ref().unwrap().shown()[60].is_deleted());
}
