//! What is unread.

use super::*;
use common::limits;

#[test]
fn anothers_message_is_unread_and_ones_own_is_not() {
    let mut table = ada_in_a_room_with(2);
    let (room, ada, grace) = (table.room, table.ada, table.grace);
    table.hears(ServerEvent::MessagePosted(message(room, grace, 3)));
    assert_eq!(table.room().summary.unread, 1);
    table.hears(ServerEvent::MessagePosted(message(room, ada, 4)));
    assert_eq!((table.room().summary.unread, table.room().summary.read), (0, 4));
}

#[test]
fn a_read_position_never_moves_back() {
    let mut table = ada_in_a_room_with(9);
    let room = table.room;
    table.hears(ServerEvent::ReadMoved(ReadMoved { unread: 5, ..moved(room, 4, 9) }));
    assert_eq!((table.room().summary.read, table.room().summary.unread), (9, 0));
}

#[test]
fn a_read_position_is_set_back_by_a_word_and_an_older_move_does_not_undo_it() {
    let mut table = ada_in_a_room_with(9);
    let room = table.room;
    table.hears(ServerEvent::ReadMoved(ReadMoved { unread: 5, rewinds: 1, ..moved(room, 4, 9) }));
    table.hears(ServerEvent::ReadMoved(moved(room, 9, 9)));
    assert_eq!((table.room().summary.read, table.room().summary.unread), (4, 5));
    table.state.reduce(Change::Entered(RoomSummary { read: 9, unread: 0, rewinds: 0, ..table.room().summary.clone() }));
    assert_eq!((table.room().summary.read, table.room().summary.unread), (4, 5));
    table.hears(ServerEvent::ReadMoved(ReadMoved { rewinds: 1, ..moved(room, 9, 9) }));
    assert_eq!((table.room().summary.read, table.room().summary.unread), (9, 0));
}

#[test]
fn what_comes_between_a_move_and_the_word_of_it_is_counted_once() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    table.hears(ServerEvent::MessagePosted(message(room, grace, 3)));
    // The reply was written when the fourth was there already.
    table.state.reduce(Change::Read(ReadMoved { unread: 1, ..moved(room, 3, 4) }));
    table.hears(ServerEvent::MessagePosted(message(room, grace, 4)));
    assert_eq!(table.room().summary.unread, 1);
    // This one was written before the fifth, and comes after it.
    table.hears(ServerEvent::MessagePosted(message(room, grace, 5)));
    table.state.reduce(Change::Read(moved(room, 4, 4)));
    assert_eq!(table.room().summary.unread, 1);
}

#[test]
fn an_unread_message_counts_as_a_mention_while_it_mentions_one() {
    let mut table = ada_in_a_room_with(2);
    let (room, ada, grace) = (table.room, table.ada, table.grace);
    let third = message(room, grace, 3);
    table.hears(ServerEvent::MessagePosted(third.clone()));
    assert_eq!(table.counts(), (1, vec![]));
    table.hears(edited(&third, 4, "@ada", &[ada]));
    table.hears(edited(&third, 5, "@ada!", &[ada]));
    assert_eq!(table.counts(), (1, vec![3]));
    table.hears(edited(&third, 6, "@grace", &[grace]));
    assert_eq!(table.counts(), (1, vec![]));
    let everyone = Mentions { everyone: true, people: Vec::new() };
    table.hears(ServerEvent::MessagePosted(Message { mentions: everyone, ..message(room, grace, 7) }));
    assert_eq!(table.counts(), (2, vec![7]));
    table.hears(deleted(&third, 8));
    assert_eq!(table.counts(), (1, vec![7]));
    table.hears(ServerEvent::ReadMoved(moved(room, 8, 8)));
    assert_eq!(table.counts(), (0, vec![]));
    table.hears(edited(&third, 9, "@ada", &[ada]));
    assert_eq!(table.counts(), (0, vec![]), "it is read");
}

#[test]
fn deletions_count_also_where_more_is_unread_than_is_shown() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    let many = i64::from(limits::UNREAD_SHOWN);
    let messages: Vec<Message> = (3..3 + many).map(|seq| message(room, grace, seq)).collect();
    for message in &messages {
        table.hears(ServerEvent::MessagePosted(message.clone()));
    }
    assert_eq!(table.room().summary.unread, limits::UNREAD_SHOWN);
    table.hears(deleted(&messages[0], 3 + many));
    assert_eq!(table.room().summary.unread, limits::UNREAD_SHOWN - 1);
}

#[test]
fn a_count_that_has_come_to_its_end_stays_there() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    let unread = limits::UNREAD_COUNTED;
    table.state.reduce(Change::Entered(RoomSummary { read: 0, rewinds: 1, unread, ..table.room().summary.clone() }));
    table.hears(deleted(&message(room, grace, 1), 3));
    assert_eq!(table.room().summary.unread, unread, "there may be more than are counted");
}

#[test]
fn a_message_that_is_told_late_and_is_deleted_by_now_does_not_stay_unread() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    let third = message(room, grace, 3);
    let revision = Some(common::messages::Revision { kind: common::messages::RevisionKind::Deleted, seq: 4, at: 4 });
    let now = Message { text: String::new(), revision, ..third.clone() };
    let events = vec![logged(ServerEvent::MessagePosted(now)), logged(deleted(&third, 4))];
    table.state.reduce(Change::CaughtUp { room, events });
    assert_eq!(table.counts(), (0, vec![]));
}

#[test]
fn the_badge_counts_mentions_and_what_is_said_in_direct_conversations_but_not_in_muted_rooms() {
    let mut table = ada_in_a_room_with(2);
    let room = table.room;
    let conversation = RoomSummary { kind: RoomKind::Direct, unread: 4, ..summary(9, 5, 4) };
    table.state.reduce(Change::Entered(conversation.clone()));
    table.state.reduce(Change::Entered(RoomSummary { unread: 3, mentions: vec![1], ..table.room().summary.clone() }));
    assert_eq!(table.state.badge(), 5);
    let changed = |room, level| ServerEvent::LevelChanged(LevelChanged { room, level });
    table.hears(changed(conversation.id, Level::Mentions));
    assert_eq!(table.state.badge(), 1);
    table.hears(changed(room, Level::None));
    assert_eq!(table.state.badge(), 0);
}
