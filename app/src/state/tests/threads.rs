//! Threads.

use super::*;

/// The first message of the room, which is replied to.
fn parent(table: &Table) -> MessageId {
    table.room().timeline.as_ref().unwrap().messages[0].id
}

fn reply(table: &Table, author: PersonId, seq: Seq) -> Message {
    Message { parent: Some(parent(table)), ..message(table.room, author, seq) }
}

fn standing(table: &Table, last: Seq, read: Seq, unread: u32) -> ThreadState {
    ThreadState {
        room: table.room,
        parent: parent(table),
        following: true,
        last,
        read,
        unread,
        mentions: 0,
        rewinds: 0,
    }
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
fn a_message_that_is_replied_to_is_not_drawn_anew_and_looks_again_how_often() {
    let mut table = ada_in_a_room_with(2);
    let keys = |table: &Table| -> Vec<RowKey> {
        let timeline = table.room().timeline.as_ref().unwrap();
        rows(timeline, std::iter::empty(), table.ada, None, None, |_| 0).iter().map(Row::key).collect()
    };
    let (before, altered) = (keys(&table), table.state.altered);
    let reply = reply(&table, table.grace, 3);
    table.hears(ServerEvent::MessagePosted(reply));
    assert_eq!(keys(&table), before);
    assert!(table.state.altered > altered);
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
    let conversation = Conversation::beside(room, parent(&table));
    let (first, second, third) = (reply(&table, grace, 3), reply(&table, grace, 4), reply(&table, grace, 5));
    table.hears(ServerEvent::MessagePosted(first.clone()));
    let before = table.room().timeline.as_ref().unwrap().messages[0].as_ref().clone();
    table.state.reduce(Change::ThreadAsked(conversation));
    table.hears(ServerEvent::MessagePosted(second));
    table.hears(edited(&first, 5, "edited", &[]));
    let page = MessagePage { messages: vec![first], ..MessagePage::default() };
    let view = ThreadView { parent: before, page, standing: standing(&table, 3, 0, 1) };
    table.state.reduce(Change::ThreadOpened(Box::new(view)));
    table.hears(ServerEvent::MessagePosted(Message { seq: 6, ..third }));
    let thread = &table.room().threads[&conversation.thread.unwrap()];
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
    let conversation = Conversation::beside(room, parent(&table));
    table.state.reduce(Change::ThreadAsked(conversation));
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
    let conversation = Conversation::beside(table.room, parent(&table));
    table.state.reduce(Change::ThreadAsked(conversation));
    let message = PostMessage { parent: conversation.thread, ..PostMessage::new(table.room, "Indeed.") };
    let id = message.id;
    table.state.reduce(Change::Queued(Pending { message, attachments: Vec::new(), at: 0, refusal: None }));
    let waiting = |table: &Table, conversation| table.state.pending_in(conversation).count();
    assert_eq!((waiting(&table, conversation), waiting(&table, Conversation::of(table.room))), (1, 0));
    let posted = Posted { seq: 3, at: 9, html: None, mentions: Mentions::default() };
    table.state.reduce(Change::Refused { id, refusal: Code::RoomArchived.into() });
    assert_eq!(table.state.refused_replies(), [conversation], "it does not wait unseen");
    table.state.reduce(Change::Retried(id));
    assert_eq!(table.state.refused_replies(), []);
    table.state.reduce(Change::Acknowledged { id, posted });
    assert_eq!(table.state.timeline(conversation).unwrap().messages[0].id, id);
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
    let left = ThreadState { following: false, read: 0, ..read };
    table.hears(ServerEvent::ThreadChanged(left));
    assert!(!table.state.threads[&parent(&table)].following);
}

#[test]
fn replies_in_a_muted_room_are_unread_but_not_on_the_badge() {
    let mut table = ada_in_a_room_with(4);
    let room = table.room;
    table.hears(ServerEvent::ThreadChanged(standing(&table, 4, 0, 2)));
    assert_eq!((table.state.unread_replies(), table.state.badge()), (2, 2));
    table.hears(ServerEvent::LevelChanged(LevelChanged { room, level: Level::None }));
    assert_eq!((table.state.unread_replies(), table.state.badge()), (2, 0));
}

#[test]
fn a_thread_that_was_set_back_is_unread_again_whatever_was_said_before_and_comes_late() {
    let mut table = ada_in_a_room_with(2);
    let conversation = Conversation::beside(table.room, parent(&table));
    let read = standing(&table, 4, 4, 0);
    let back = ThreadState { rewinds: 1, ..standing(&table, 4, 2, 2) };
    let read_again = ThreadState { rewinds: 1, ..read };
    for (said, position) in [(read, (0, 4, 0)), (back, (1, 2, 2)), (read, (1, 2, 2)), (read_again, (1, 4, 0))] {
        table.hears(ServerEvent::ThreadChanged(said));
        assert_eq!(table.state.position(conversation), position);
    }
    assert_eq!(table.state.position(Conversation::of(table.room)), (0, 2, 0));
}

#[test]
fn a_thread_that_was_left_and_followed_again_while_one_was_away_is_heard_of_again() {
    let mut table = ada_in_a_room_with(2);
    let back = ThreadState { rewinds: 2, ..standing(&table, 4, 3, 1) };
    table.hears(ServerEvent::ThreadChanged(back));
    let after_it = table.snapshot(4);
    table.state.reduce(Change::Snapshot(Box::new(after_it)));
    table.hears(ServerEvent::ThreadChanged(standing(&table, 5, 4, 1)));
    assert_eq!(table.state.unread_replies(), 1);
}

#[test]
fn a_snapshot_says_which_threads_are_unread_but_not_of_what_came_after_it() {
    let mut table = ada_in_a_room_with(2);
    let unread = ThreadState { mentions: 1, ..standing(&table, 4, 0, 2) };
    table.hears(ServerEvent::ThreadChanged(unread));
    let before_the_reply = table.snapshot(3);
    table.state.reduce(Change::Snapshot(Box::new(before_the_reply)));
    assert_eq!((table.state.unread_replies(), table.state.mentions_in_threads()), (2, 1));
    let after_it = table.snapshot(4);
    table.state.reduce(Change::Snapshot(Box::new(after_it)));
    let counts = (table.state.unread_replies(), table.state.mentions_in_threads());
    assert_eq!(counts, (0, 0), "read on another device");
}
