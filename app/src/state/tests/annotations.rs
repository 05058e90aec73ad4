//! What becomes of messages, and what is put on them.

use super::*;

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
fn a_reaction_comes_once_and_goes_with_the_last_one_behind_it() {
    let mut table = ada_in_a_room_with(2);
    let (room, ada, grace) = (table.room, table.ada, table.grace);
    let message = table.room().timeline.as_ref().unwrap().messages[0].id;
    let reacted = |seq, person| ReactionChange { room, seq, message, emoji: "🎉".into(), person };
    table.hears(ServerEvent::ReactionAdded(reacted(3, grace)));
    table.hears(ServerEvent::ReactionAdded(reacted(3, grace)));
    table.hears(ServerEvent::ReactionAdded(reacted(4, ada)));
    let reactions = |table: &Table| table.room().timeline.as_ref().unwrap().messages[0].reactions.clone();
    assert_eq!(reactions(&table), [Reaction { emoji: "🎉".into(), people: vec![grace, ada] }]);
    table.hears(ServerEvent::ReactionRemoved(reacted(5, grace)));
    table.hears(ServerEvent::ReactionRemoved(reacted(6, ada)));
    assert_eq!(reactions(&table), []);
    assert_eq!(table.room().summary.unread, 0, "a reaction is never unread");
}

#[test]
fn a_page_that_is_newer_than_the_events_after_it_stays_as_it_is() {
    let mut table = ada_in_a_room_with(2);
    let (room, ada, grace) = (table.room, table.ada, table.grace);
    let reaction = |people: &[PersonId]| vec![Reaction { emoji: "👍".into(), people: people.to_vec() }];
    let old = message(room, grace, 0);
    let reacted = |seq, person| ReactionChange { room, seq, message: old.id, emoji: "👍".into(), person };
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
    let reacted = |seq, person| ReactionChange { room, seq, message: old.id, emoji: "👍".into(), person };
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
    assert_eq!(table.room().summary.unread, 0, "a preview is never unread");
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
    let reacted =
        |seq| ServerEvent::ReactionAdded(ReactionChange { room, seq, message, emoji: "👍".into(), person: grace });
    table.hears(reacted(3));
    table.hears(ServerEvent::PinAdded(PinChange { room, seq: 4, message, person: grace, at: 4 }));
    table.hears(ServerEvent::SavedAdded(SavedChange { room, message }));
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
