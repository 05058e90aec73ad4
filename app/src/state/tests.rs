//! What the reducer promises, in the words of people who chat.

use super::*;
use common::{
    Code, FileId, PreviewId, ServerEvent,
    blocks::PersonBlocked,
    catch_up::Logged,
    files::FileKind,
    mentions::Mentions,
    messages::{Message, MessageDeleted, MessageEdited, MessagePage, Posted},
    notifications::LevelChanged,
    people::{Role, Status},
    permissions::{Deed, Who},
    pins::{Pin, PinMoved},
    presence::{Presence, PresenceChanged},
    previews::{Preview, PreviewsChanged},
    reactions::{Reacted, Reaction},
    reading::{ReadMoved, Reader, ReadersMoved},
    rooms::{MemberChanged, MemberJoined, MemberLeft, RoomChange, RoomChanged, RoomView},
    saved::SavedMoved,
    threads::{Replies, ThreadStanding, ThreadView},
    typing::TypingChanged,
};

fn person(name: &str) -> Person {
    Person::new(PersonId::new(), name.to_lowercase(), name.into(), 0, Role::Member)
}

fn summary(seq: Seq, read: Seq, unread: u32) -> RoomSummary {
    RoomSummary { seq, read, unread, ..RoomSummary::made(RoomId::new(), RoomKind::Public, "general".into(), 0) }
}

struct Table {
    state: ChatState,
    ada: PersonId,
    grace: PersonId,
    room: RoomId,
}

/// Ada looks at a room with messages 1 to `last`, all read, that Grace is in too.
fn ada_in_a_room_with(last: Seq) -> Table {
    let (ada, grace) = (person("Ada"), person("Grace"));
    let (ada_id, grace_id) = (ada.id, grace.id);
    let summary = summary(last, last, 0);
    let room = summary.id;
    let messages = (1..=last).map(|seq| message(room, grace_id, seq)).collect();
    let page = MessagePage { messages, ..MessagePage::default() };
    let view = RoomView {
        summary: summary.clone(),
        members: vec![ada_id, grace_id],
        owners: vec![grace_id],
        page,
        sought: None,
        readers: Vec::new(),
    };
    let state = ChatState::new(Snapshot {
        me: ada.clone(),
        workspace: Workspace { name: "Analytical".into(), sign_up_open: true, file_limit: 250_000_000 },
        people: vec![ada, grace],
        rooms: vec![summary],
        presence: Vec::new(),
        blocked: Vec::new(),
        place: Place::Room(Box::new(view)),
        saved: Vec::new(),
        thread: None,
        threads: Vec::new(),
        quiet: Quiet::default(),
        at: 0,
    });
    Table { state, ada: ada_id, grace: grace_id, room }
}

fn message(room: RoomId, author: PersonId, seq: Seq) -> Message {
    Message::posted(MessageId::new(), room, seq, author, format!("message {seq}"), seq * 1000)
}

fn edited(of: &Message, seq: Seq, text: &str, people: &[PersonId]) -> ServerEvent {
    ServerEvent::MessageEdited(MessageEdited {
        room: of.room,
        seq,
        message: of.id,
        message_seq: of.seq,
        author: of.author,
        parent: of.parent,
        text: text.into(),
        html: None,
        mentions: Mentions { everyone: false, people: people.to_vec() },
        at: seq,
    })
}

fn deleted(of: &Message, seq: Seq) -> ServerEvent {
    let Message { room, id: message, seq: message_seq, author, parent, .. } = *of;
    ServerEvent::MessageDeleted(MessageDeleted { room, seq, message, message_seq, author, parent, at: seq })
}

/// Everything up to `seq` is read, as it was counted when the room was at `last`.
fn moved(room: RoomId, seq: Seq, last: Seq) -> ReadMoved {
    ReadMoved { room, seq, unread: 0, mentions: Vec::new(), rewinds: 0, last }
}

fn logged(event: ServerEvent) -> Logged {
    let (_, seq) = event.place_in_log().unwrap();
    Logged { seq, name: event.name().into(), payload: event.payload().unwrap() }
}

fn joined(room: RoomId, seq: Seq, person: PersonId) -> ServerEvent {
    ServerEvent::MemberJoined(MemberJoined { room, seq, person, by: None, role: Default::default(), at: 0 })
}

impl Table {
    fn hears(&mut self, event: ServerEvent) -> Option<RoomId> {
        self.state.reduce(Change::Event { event, at: 0 })
    }

    fn posts(&mut self, text: &str) -> MessageId {
        let message = PostMessage::new(self.room, text);
        let id = message.id;
        self.state.reduce(Change::Queued(Pending { message, attachments: Vec::new(), at: 0, refusal: None }));
        id
    }

    fn room(&self) -> &Room {
        &self.state.rooms[&self.room]
    }

    /// How much is unread, and which of it mentions Ada.
    fn counts(&self) -> (u32, Vec<Seq>) {
        (self.room().summary.unread, self.room().summary.mentions.clone())
    }

    fn seqs(&self) -> Vec<Seq> {
        let timeline = self.room().timeline.as_ref().unwrap();
        timeline.messages.iter().map(|message| message.seq).collect()
    }
}

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
    let unknown = Logged { seq: 3, name: "room:exploded".into(), payload: serde_json::Value::Null };
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

#[test]
fn an_acknowledged_message_takes_the_place_of_its_pending_row() {
    let mut table = ada_in_a_room_with(2);
    let id = table.posts("hello");
    table.state.reduce(Change::Acknowledged {
        id,
        posted: Posted { seq: 3, at: 9, html: None, mentions: Mentions::default() },
    });
    assert!(table.state.pending.is_empty());
    assert_eq!(table.seqs(), [1, 2, 3]);
    let event = Message::posted(id, table.room, 3, table.ada, "hello".into(), 9);
    assert_eq!(table.hears(ServerEvent::MessagePosted(event)), None);
    assert_eq!(table.seqs(), [1, 2, 3]);
}

#[test]
fn an_event_that_overtakes_the_acknowledgement_clears_the_pending_row() {
    let mut table = ada_in_a_room_with(0);
    let id = table.posts("hello");
    let event = Message::posted(id, table.room, 1, table.ada, "hello".into(), 9);
    table.hears(ServerEvent::MessagePosted(event));
    table.state.reduce(Change::Acknowledged {
        id,
        posted: Posted { seq: 1, at: 9, html: None, mentions: Mentions::default() },
    });
    assert!(table.state.pending.is_empty());
    assert_eq!(table.seqs(), [1]);
}

#[test]
fn a_refused_message_stays_with_its_reason_and_is_not_sent_until_retried() {
    let mut table = ada_in_a_room_with(0);
    let id = table.posts("hello");
    table.state.reduce(Change::Refused { id, refusal: Code::NotAMember.into() });
    assert!(table.state.unsent().is_empty());
    assert_eq!(table.state.pending[0].message.text, "hello");
    table.state.reduce(Change::Retried(id));
    assert_eq!(table.state.unsent().len(), 1);
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
fn somebody_stops_typing_by_posting_by_going_or_after_a_while() {
    let typing = |table: &mut Table| {
        let changed = TypingChanged { room: table.room, parent: None, person: table.grace, typing: true };
        table.hears(ServerEvent::TypingChanged(changed));
        assert_eq!(table.state.typists(Talk::of(table.room)), ["Grace"]);
    };
    let mut table = ada_in_a_room_with(0);
    typing(&mut table);
    table.hears(ServerEvent::MessagePosted(message(table.room, table.grace, 1)));
    assert!(table.state.typists(Talk::of(table.room)).is_empty());
    typing(&mut table);
    let gone = Presence { person: table.grace, connections: 0, away: false };
    table.hears(ServerEvent::PresenceChanged(PresenceChanged { people: vec![gone] }));
    assert!(table.state.typists(Talk::of(table.room)).is_empty());
    typing(&mut table);
    table.state.reduce(Change::Ticked(common::limits::TYPING_MILLIS));
    assert!(table.state.typists(Talk::of(table.room)).is_empty());
}

#[test]
fn a_fresh_snapshot_keeps_what_is_pending() {
    let mut table = ada_in_a_room_with(2);
    table.posts("typed while offline");
    let snapshot = Snapshot {
        me: person("Ada"),
        workspace: table.state.workspace.clone(),
        people: Vec::new(),
        rooms: vec![table.room().summary.clone()],
        presence: Vec::new(),
        saved: Vec::new(),
        blocked: Vec::new(),
        place: Place::Home,
        thread: None,
        threads: Vec::new(),
        quiet: Quiet::default(),
        at: 0,
    };
    table.state.reduce(Change::Snapshot(Box::new(snapshot)));
    assert_eq!(table.state.unsent().len(), 1);
    assert_eq!(table.seqs(), [1, 2]);
}

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
        timeline.note(seq, joined(room, seq, ada));
    }
    let rows = rows(&timeline, std::iter::empty(), ada, None, Some(2), |at| at / (1440 * minute));
    let drawn: Vec<String> = rows
        .iter()
        .map(|row| match row {
            Row::Day(day) => format!("day {day}"),
            Row::New => "new".into(),
            Row::Notes(notes) => format!("{} notes", notes.len()),
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
        RoomChange::Posting(Who::Owners),
        RoomChange::Announcing(Who::Owners),
        RoomChange::Archived(true),
    ];
    for (seq, change) in (3..).zip(changes) {
        table.hears(ServerEvent::RoomChanged(RoomChanged { room, seq, by, change, at: 0 }));
    }
    let summary = &table.room().summary;
    assert_eq!((summary.name.as_str(), summary.topic.as_str(), summary.archived), ("engines", "Steam", true));
    assert_eq!((summary.posting, summary.announcing, summary.unread), (Who::Owners, Who::Owners, 0));
    let notes = &table.room().timeline.as_ref().unwrap().notes;
    assert_eq!(notes.keys().copied().collect::<Vec<_>>(), [3, 4, 5, 6, 7]);
}

#[test]
fn whoever_is_made_an_owner_may_do_what_owners_may_until_they_are_a_member_again_or_leave() {
    let mut table = ada_in_a_room_with(2);
    let (room, ada, grace) = (table.room, table.ada, table.grace);
    let is_owner = |table: &Table| table.state.standing(room).unwrap().may(Deed::Rename).is_ok();
    let changed = |seq, role| MemberChanged { room, seq, person: ada, role, by: grace, at: 0 };
    assert!(!is_owner(&table));
    table.hears(ServerEvent::MemberChanged(changed(3, RoomRole::Owner)));
    assert!(is_owner(&table));
    table.hears(ServerEvent::MemberChanged(changed(4, RoomRole::Member)));
    assert!(!is_owner(&table));
    table.hears(ServerEvent::MemberLeft(MemberLeft { room, seq: 5, person: grace, by: None, at: 0 }));
    assert_eq!(table.room().owners, []);
}

/// The first message of the room, which is replied to.
fn parent(table: &Table) -> MessageId {
    table.room().timeline.as_ref().unwrap().messages[0].id
}

fn reply(table: &Table, author: PersonId, seq: Seq) -> Message {
    Message { parent: Some(parent(table)), ..message(table.room, author, seq) }
}

fn standing(table: &Table, last: Seq, read: Seq, unread: u32) -> ThreadStanding {
    ThreadStanding { room: table.room, parent: parent(table), following: true, last, read, unread }
}

fn counted(table: &Table) -> Option<Replies> {
    table.room().timeline.as_ref().unwrap().messages[0].replies.clone()
}

#[test]
fn a_reply_is_counted_at_its_parent_and_stands_in_the_thread_only() {
    let mut table = ada_in_a_room_with(2);
    let (ada, grace) = (table.ada, table.grace);
    let (first, second) = (reply(&table, grace, 3), reply(&table, ada, 4));
    assert_eq!(table.hears(ServerEvent::MessagePosted(first.clone())), None);
    table.hears(ServerEvent::MessagePosted(first));
    table.hears(ServerEvent::MessagePosted(second));
    assert_eq!((table.seqs(), table.room().complete), (vec![1, 2], 4));
    assert_eq!(counted(&table), Some(Replies { count: 2, people: vec![ada, grace], last: 4, at: 4_000 }));
    assert_eq!((table.room().summary.unread, table.room().summary.read), (0, 2), "replies are not unread in the room");
}

#[test]
fn what_becomes_of_a_reply_changes_nothing_in_what_is_unread_of_the_room() {
    let mut table = ada_in_a_room_with(2);
    let (room, ada, grace) = (table.room, table.ada, table.grace);
    table.hears(ServerEvent::MessagePosted(message(room, grace, 3)));
    let reply = reply(&table, grace, 4);
    table.hears(ServerEvent::MessagePosted(reply.clone()));
    table.hears(edited(&reply, 5, "For @ada.", &[ada]));
    table.hears(deleted(&reply, 6));
    let summary = &table.room().summary;
    assert_eq!((summary.unread, summary.mentions.len(), table.room().complete), (1, 0, 6));
}

#[test]
fn a_reply_that_comes_while_a_thread_is_on_its_way_is_not_lost() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    let talk = Talk::beside(room, parent(&table));
    let (first, second, third) = (reply(&table, grace, 3), reply(&table, grace, 4), reply(&table, grace, 5));
    table.hears(ServerEvent::MessagePosted(first.clone()));
    let before = table.room().timeline.as_ref().unwrap().messages[0].as_ref().clone();
    table.state.reduce(Change::ThreadAsked(talk));
    table.hears(ServerEvent::MessagePosted(second));
    table.hears(edited(&first, 5, "edited", &[]));
    let page = MessagePage { messages: vec![first], ..MessagePage::default() };
    let view = ThreadView { parent: before, page, standing: standing(&table, 3, 0, 1) };
    table.state.reduce(Change::ThreadOpened(Box::new(view)));
    table.hears(ServerEvent::MessagePosted(Message { seq: 6, ..third }));
    let thread = &table.room().threads[&talk.thread.unwrap()];
    let texts: Vec<_> = thread.timeline.messages.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["edited", "message 4", "message 5"]);
    assert_eq!(thread.parent.as_ref().unwrap().replies, counted(&table));
    assert_eq!(counted(&table).unwrap().count, 3);
}

#[test]
fn a_page_of_history_that_was_written_before_a_reply_counts_it_and_one_written_after_it_counts_it_once() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    let old = message(room, grace, 0);
    let reply = |seq| Message { parent: Some(old.id), ..message(room, grace, seq) };
    table.hears(ServerEvent::MessagePosted(reply(3)));
    table.hears(ServerEvent::MessagePosted(reply(4)));
    let newer = Message { replies: Some(Replies::first(grace, 3, 3_000)), ..old.clone() };
    table.state.reduce(Change::Earlier { room, page: MessagePage { messages: vec![newer], ..MessagePage::default() } });
    assert_eq!(counted(&table).map(|replies| (replies.count, replies.last)), Some((2, 4)));
}

#[test]
fn a_thread_of_a_room_that_is_opened_anew_is_asked_for_again() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    let talk = Talk::beside(room, parent(&table));
    table.state.reduce(Change::ThreadAsked(talk));
    table.state.reduce(Change::Reset(room));
    let messages = (100..=102).map(|seq| message(room, grace, seq)).collect();
    let summary = RoomSummary { seq: 102, ..table.room().summary.clone() };
    let page = MessagePage { messages, earlier: true, ..MessagePage::default() };
    let (owners, readers) = (Vec::new(), Vec::new());
    let view = RoomView { summary, members: Vec::new(), owners, page, sought: None, readers };
    table.state.reduce(Change::Opened(view));
    assert!(table.room().threads.is_empty(), "what happened in it meanwhile is not known");
}

#[test]
fn a_pending_reply_waits_in_its_thread() {
    let mut table = ada_in_a_room_with(2);
    let talk = Talk::beside(table.room, parent(&table));
    table.state.reduce(Change::ThreadAsked(talk));
    let message = PostMessage { parent: talk.thread, ..PostMessage::new(table.room, "Indeed.") };
    let id = message.id;
    table.state.reduce(Change::Queued(Pending { message, attachments: Vec::new(), at: 0, refusal: None }));
    let waiting = |table: &Table, talk| table.state.pending_in(talk).count();
    assert_eq!((waiting(&table, talk), waiting(&table, Talk::of(table.room))), (1, 0));
    let posted = Posted { seq: 3, at: 9, html: None, mentions: Mentions::default() };
    table.state.reduce(Change::Refused { id, refusal: Code::RoomArchived.into() });
    assert_eq!(table.state.refused_replies(), [talk], "it does not wait unseen");
    table.state.reduce(Change::Retried(id));
    assert_eq!(table.state.refused_replies(), []);
    table.state.reduce(Change::Acknowledged { id, posted });
    assert_eq!(table.state.timeline(talk).unwrap().messages[0].id, id);
    assert_eq!(table.seqs(), [1, 2]);
}

#[test]
fn what_the_server_said_last_of_a_thread_stands_also_when_an_older_word_comes_late() {
    let mut table = ada_in_a_room_with(2);
    let (two, one) = (standing(&table, 4, 0, 2), standing(&table, 3, 0, 1));
    table.hears(ServerEvent::ThreadChanged(two));
    table.hears(ServerEvent::ThreadChanged(one));
    assert_eq!(table.state.unread_replies(), 2);
    let read = standing(&table, 4, 4, 0);
    table.hears(ServerEvent::ThreadChanged(read));
    table.hears(ServerEvent::ThreadChanged(two));
    assert_eq!(table.state.unread_replies(), 0);
    let left = ThreadStanding { following: false, read: 0, ..read };
    table.hears(ServerEvent::ThreadChanged(left));
    assert!(!table.state.threads[&parent(&table)].following);
}

#[test]
fn a_snapshot_says_which_threads_are_unread_but_not_of_what_came_after_it() {
    let mut table = ada_in_a_room_with(2);
    let snapshot = |table: &Table, seq| Snapshot {
        me: person("Ada"),
        workspace: table.state.workspace.clone(),
        people: Vec::new(),
        rooms: vec![RoomSummary { seq, ..table.room().summary.clone() }],
        presence: Vec::new(),
        saved: Vec::new(),
        blocked: Vec::new(),
        place: Place::Home,
        thread: None,
        threads: Vec::new(),
        quiet: Quiet::default(),
        at: 0,
    };
    let unread = standing(&table, 4, 0, 2);
    table.hears(ServerEvent::ThreadChanged(unread));
    let before_the_reply = snapshot(&table, 3);
    table.state.reduce(Change::Snapshot(Box::new(before_the_reply)));
    assert_eq!(table.state.unread_replies(), 2);
    let after_it = snapshot(&table, 4);
    table.state.reduce(Change::Snapshot(Box::new(after_it)));
    assert_eq!(table.state.unread_replies(), 0, "read on another device");
}

fn attachment() -> Attachment {
    let (name, media_type) = ("engine.png".into(), "image/png".into());
    let (width, height) = (Some(40), Some(30));
    Attachment { id: FileId::new(), name, kind: FileKind::Image, media_type, size: 1, width, height }
}

#[test]
fn a_messages_files_are_shown_on_its_way_and_once_it_is_acknowledged() {
    let mut table = ada_in_a_room_with(0);
    let file = attachment();
    let message = PostMessage { attachments: vec![file.id], ..PostMessage::new(table.room, "") };
    let id = message.id;
    let attachments = vec![file.clone()];
    table.state.reduce(Change::Queued(Pending { message, attachments, at: 0, refusal: None }));
    assert_eq!(table.state.unsent()[0].attachments, [file.id]);
    table.state.reduce(Change::Acknowledged {
        id,
        posted: Posted { seq: 1, at: 9, html: None, mentions: Mentions::default() },
    });
    assert_eq!(table.room().timeline.as_ref().unwrap().messages[0].attachments, [file]);
}

#[test]
fn an_edit_leaves_a_messages_files_and_a_deletion_takes_them() {
    let mut table = ada_in_a_room_with(0);
    let posted = Message { attachments: vec![attachment()], ..message(table.room, table.grace, 1) };
    table.hears(ServerEvent::MessagePosted(posted.clone()));
    let count = |table: &Table| table.room().timeline.as_ref().unwrap().messages[0].attachments.len();
    table.hears(edited(&posted, 2, "", &[]));
    assert_eq!(count(&table), 1);
    table.hears(deleted(&posted, 3));
    assert_eq!(count(&table), 0);
}

#[test]
fn the_badge_counts_mentions_and_what_is_said_in_direct_conversations_but_not_in_muted_rooms() {
    let mut table = ada_in_a_room_with(2);
    let room = table.room;
    let talk = RoomSummary { kind: RoomKind::Direct, unread: 4, ..summary(9, 5, 4) };
    table.state.reduce(Change::Entered(talk.clone()));
    table.state.reduce(Change::Entered(RoomSummary { unread: 3, mentions: vec![1], ..table.room().summary.clone() }));
    assert_eq!(table.state.badge(), 5);
    let changed = |room, level| ServerEvent::LevelChanged(LevelChanged { room, level });
    table.hears(changed(talk.id, Level::Mentions));
    assert_eq!(table.state.badge(), 1);
    table.hears(changed(room, Level::None));
    assert_eq!(table.state.badge(), 0);
}

#[test]
fn a_reaction_comes_once_and_goes_with_the_last_one_behind_it() {
    let mut table = ada_in_a_room_with(2);
    let (room, ada, grace) = (table.room, table.ada, table.grace);
    let message = table.room().timeline.as_ref().unwrap().messages[0].id;
    let reacted = |seq, person| Reacted { room, seq, message, emoji: "🎉".into(), person };
    table.hears(ServerEvent::ReactionAdded(reacted(3, grace)));
    table.hears(ServerEvent::ReactionAdded(reacted(3, grace)));
    table.hears(ServerEvent::ReactionAdded(reacted(4, ada)));
    let reactions = |table: &Table| table.room().timeline.as_ref().unwrap().messages[0].reactions.clone();
    assert_eq!(reactions(&table), [Reaction { emoji: "🎉".into(), people: vec![grace, ada] }]);
    table.hears(ServerEvent::ReactionRemoved(reacted(5, grace)));
    table.hears(ServerEvent::ReactionRemoved(reacted(6, ada)));
    assert_eq!(reactions(&table), []);
    assert_eq!(table.room().summary.unread, 0, "nobody has to read a reaction");
}

#[test]
fn a_page_that_is_newer_than_the_events_after_it_stays_as_it_is() {
    let mut table = ada_in_a_room_with(2);
    let (room, ada, grace) = (table.room, table.ada, table.grace);
    let reaction = |people: &[PersonId]| vec![Reaction { emoji: "👍".into(), people: people.to_vec() }];
    let old = message(room, grace, 0);
    let reacted = |seq, person| Reacted { room, seq, message: old.id, emoji: "👍".into(), person };
    // Grace took hers away and put it there again, and then came Ada.
    let page = Message { reactions: reaction(&[grace, ada]), touched: Some(5), ..old.clone() };
    table.state.reduce(Change::Earlier { room, page: MessagePage { messages: vec![page], ..MessagePage::default() } });
    table.hears(ServerEvent::ReactionRemoved(reacted(3, grace)));
    table.hears(ServerEvent::ReactionAdded(reacted(4, grace)));
    table.hears(ServerEvent::ReactionAdded(reacted(5, ada)));
    assert_eq!(table.room().timeline.as_ref().unwrap().messages[0].reactions, reaction(&[grace, ada]));
}

#[test]
fn a_page_that_was_written_before_a_reaction_shows_it() {
    let mut table = ada_in_a_room_with(2);
    let (room, ada, grace) = (table.room, table.ada, table.grace);
    let old = message(room, grace, 0);
    let reacted = |seq, person| Reacted { room, seq, message: old.id, emoji: "👍".into(), person };
    table.hears(ServerEvent::ReactionAdded(reacted(3, grace)));
    table.hears(ServerEvent::ReactionAdded(reacted(4, ada)));
    table.hears(ServerEvent::ReactionRemoved(reacted(5, grace)));
    table.state.reduce(Change::Earlier { room, page: MessagePage { messages: vec![old], ..MessagePage::default() } });
    let reactions = table.room().timeline.as_ref().unwrap().messages[0].reactions.clone();
    assert_eq!(reactions, [Reaction { emoji: "👍".into(), people: vec![ada] }]);
}

#[test]
fn previews_come_after_their_message_are_told_as_a_whole_and_go_with_it() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    let message = table.room().timeline.as_ref().unwrap().messages[0].id;
    let preview = |title: &str| {
        let (url, site, title) = ("https://example.org/".into(), "Society".into(), title.into());
        Preview { id: PreviewId::new(), url, site, title, text: String::new(), picture: None }
    };
    let changed = |seq, previews: &[Preview]| {
        let previews = previews.to_vec();
        ServerEvent::PreviewsChanged(PreviewsChanged { room, seq, message, person: grace, previews })
    };
    let (one, two) = (preview("One"), preview("Two"));
    let shown = |table: &Table| table.room().timeline.as_ref().unwrap().messages[0].previews.clone();
    let altered = table.state.altered;
    table.hears(changed(3, std::slice::from_ref(&one)));
    assert!(table.state.altered > altered, "rows look again");
    table.hears(changed(4, &[one.clone(), two.clone()]));
    assert_eq!(shown(&table), [one, two.clone()]);
    table.hears(changed(5, std::slice::from_ref(&two)));
    table.hears(changed(4, &[]));
    assert_eq!(shown(&table), [two]);
    assert_eq!(table.room().summary.unread, 0, "nobody has to read a preview");
    let (message_seq, author) = (1, grace);
    let deleted = MessageDeleted { room, seq: 6, message, message_seq, author, parent: None, at: 6 };
    table.hears(ServerEvent::MessageDeleted(deleted));
    assert_eq!(shown(&table), []);
}

#[test]
fn a_deleted_message_loses_what_was_put_on_it_and_takes_no_more() {
    let mut table = ada_in_a_room_with(2);
    let (room, grace) = (table.room, table.grace);
    let message = table.room().timeline.as_ref().unwrap().messages[0].id;
    let reacted = |seq| ServerEvent::ReactionAdded(Reacted { room, seq, message, emoji: "👍".into(), person: grace });
    table.hears(reacted(3));
    table.hears(ServerEvent::PinAdded(PinMoved { room, seq: 4, message, person: grace, at: 4 }));
    table.hears(ServerEvent::SavedAdded(SavedMoved { room, message }));
    let first = |table: &Table| table.room().timeline.as_ref().unwrap().messages[0].clone();
    assert_eq!(first(&table).pin, Some(Pin { person: grace, at: 4 }));
    assert!(table.state.has_saved(message));
    table.hears(ServerEvent::MessageDeleted(MessageDeleted {
        room,
        seq: 5,
        message,
        message_seq: 1,
        author: grace,
        parent: None,
        at: 5,
    }));
    table.hears(reacted(6));
    let trace = first(&table);
    assert_eq!((trace.reactions.len(), trace.pin, trace.touched), (0, None, None));
    assert!(!table.state.has_saved(message));
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
    assert_eq!((seen(&table, 3), seen(&table, 4)), (vec![grace], vec![]), "one's own is not counted");

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
        assert_eq!(table.state.typists(Talk::of(room)).len(), expected);
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
