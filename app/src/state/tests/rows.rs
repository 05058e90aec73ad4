//! Rows, and what is told between them.

use super::*;

#[test]
fn rows_are_grouped_by_author_within_five_minutes_and_split_by_day_and_by_what_is_new() {
    let (room, ada, grace) = (RoomId::new(), PersonId::new(), PersonId::new());
    let minute = 60_000;
    let at = |seq, author, minutes: i64| Message { at: minutes * minute, ..message(room, author, seq) };
    let mut timeline = Timeline::default();
    for message in [at(1, grace, 0), at(2, grace, 4), at(3, grace, 10), at(4, ada, 11), at(5, grace, 1441)] {
        timeline.insert(message);
    }
    timeline.insert(at(8, grace, 1442));
    for seq in [6, 7, 9] {
        timeline.add_system_message(seq, joined(room, seq, ada));
    }
    let rows = rows(&timeline, std::iter::empty(), ada, None, Some(2), |at| at / (1440 * minute));
    let drawn: Vec<String> = rows
        .iter()
        .map(|row| match row {
            Row::Day(day) => format!("day {day}"),
            Row::New => "new".into(),
            Row::SystemMessages(notes) => format!("{} notes", notes.len()),
            Row::Message { message, grouped, .. } => {
                format!("{}{}", message.seq, if *grouped { " grouped" } else { "" })
            }
            Row::Pending { .. } => "pending".into(),
        })
        .collect();
    assert_eq!(drawn, ["day 0", "1", "2 grouped", "new", "3", "4", "day 1", "5", "2 notes", "8", "1 notes"]);
}

#[test]
fn what_is_changed_of_a_room_shows_and_stays_in_the_conversation() {
    let mut table = ada_in_a_room_with(2);
    let (room, by) = (table.room, table.grace);
    let changes = [
        RoomChange::Name("engines".into()),
        RoomChange::Topic("Steam".into()),
        RoomChange::Posting(MemberGroup::Owners),
        RoomChange::Announcing(MemberGroup::Owners),
        RoomChange::Archived(true),
    ];
    for (seq, change) in (3..).zip(changes) {
        table.hears(ServerEvent::RoomChanged(RoomChanged { room, seq, by, change, at: 0 }));
    }
    let summary = &table.room().summary;
    assert_eq!((summary.name.as_str(), summary.topic.as_str(), summary.archived), ("engines", "Steam", true));
    assert_eq!((summary.posting, summary.announcing, summary.unread), (MemberGroup::Owners, MemberGroup::Owners, 0));
    let notes = &table.room().timeline.as_ref().unwrap().system_messages;
    assert_eq!(notes.keys().copied().collect::<Vec<_>>(), [3, 4, 5, 6, 7]);
}

#[test]
fn whoever_is_made_an_owner_may_do_what_owners_may_until_they_are_a_member_again_or_leave() {
    let mut table = ada_in_a_room_with(2);
    let (room, ada, grace) = (table.room, table.ada, table.grace);
    let is_owner = |table: &Table| table.state.standing(room).unwrap().may(RoomAction::Rename).is_ok();
    let changed = |seq, role| MemberChanged { room, seq, person: ada, role, by: grace, at: 0 };
    assert!(!is_owner(&table));
    table.hears(ServerEvent::MemberChanged(changed(3, RoomRole::Owner)));
    assert!(is_owner(&table));
    table.hears(ServerEvent::MemberChanged(changed(4, RoomRole::Member)));
    assert!(!is_owner(&table));
    table.hears(ServerEvent::MemberLeft(MemberLeft { room, seq: 5, person: grace, by: None, at: 0 }));
    assert_eq!(table.room().owners, []);
}
