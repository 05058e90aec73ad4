//! Messages on their way.

use super::*;

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
fn a_fresh_snapshot_keeps_what_is_pending() {
    let mut table = ada_in_a_room_with(2);
    table.posts("typed while offline");
    let snapshot = table.snapshot(2);
    table.state.reduce(Change::Snapshot(Box::new(snapshot)));
    assert_eq!(table.state.unsent().len(), 1);
    assert_eq!(table.seqs(), [1, 2]);
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
