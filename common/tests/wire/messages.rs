//! Posting and reading back.

use crate::{
    cast::{COMMAND, GENERAL, GRACE, HELLO, MORNING, general, hello, page},
    snapshots::{assert_exchange, assert_snapshot},
};
use common::{
    mentions::Mentions,
    messages::{
        DeleteMessage, EditMessage, ListVersions, Message, MessagePage, PageAround, PostMessage, Posted, ReadAround,
        ReadHistory, ReadNewer, Revision, RevisionKind, Spot, Version, Versions,
    },
    rooms::RoomSummary,
};

#[test]
fn a_message_is_posted_under_the_clients_id_and_gets_its_place() {
    assert_exchange(
        PostMessage { id: HELLO, ..PostMessage::new(GENERAL, "Hello, Grace!") },
        Posted { seq: 3, at: MORNING + 3_000, html: None, mentions: Mentions::default() },
    );
}

#[test]
fn history_is_a_page_before_a_place() {
    assert_exchange(ReadHistory { room: GENERAL, before: 4 }, page());
}

#[test]
fn what_is_later_is_a_page_after_a_place() {
    assert_exchange(ReadNewer { room: GENERAL, after: 2 }, MessagePage { earlier: true, ..page() });
}

#[test]
fn a_message_comes_with_those_around_it() {
    let page = MessagePage { earlier: true, later: true, ..page() };
    assert_exchange(ReadAround { room: GENERAL, spot: Spot::Seq(3) }, PageAround { seq: 3, page });
    assert_snapshot("spot_moment", &Spot::At(MORNING));
}

#[test]
fn a_message_is_edited_and_deleted_by_commands_that_can_be_sent_again() {
    let posted = |seq| Posted { seq, at: MORNING + seq * 1_000, html: None, mentions: Mentions::default() };
    let text = "Good morning, Grace!".into();
    assert_exchange(EditMessage { id: COMMAND, room: GENERAL, message: HELLO, text }, posted(4));
    assert_exchange(DeleteMessage { id: COMMAND, room: GENERAL, message: HELLO }, posted(5));
}

#[test]
fn an_edited_message_has_earlier_versions() {
    let at = MORNING + 3_000;
    let version = Version {
        seq: 3,
        text: "Hello, **Grace**!".into(),
        html: Some("<p>Hello, <strong>Grace</strong>!</p>\n".into()),
        at,
    };
    assert_exchange(ListVersions { room: GENERAL, message: HELLO }, Versions { versions: vec![version] });
}

#[test]
fn a_message_with_markup_comes_with_html() {
    let (text, html) = ("Hello, **Grace**!".into(), Some("<p>Hello, <strong>Grace</strong>!</p>\n".into()));
    assert_snapshot("message_with_markup", &Message { text, html, ..hello() });
}

#[test]
fn a_message_that_was_changed_says_so() {
    let revision = Revision { kind: RevisionKind::Edited, seq: 4, at: MORNING + 4_000 };
    assert_snapshot("message_edited", &Message { revision: Some(revision), ..hello() });
}

#[test]
fn a_message_says_whom_it_mentions_and_a_room_where_that_is_unread() {
    let mentions = Mentions { everyone: true, people: vec![GRACE] };
    assert_snapshot("message_with_mentions", &Message { text: "@room, and @grace!".into(), mentions, ..hello() });
    assert_snapshot("room_with_mentions", &RoomSummary { mentions: vec![3], rewinds: 1, ..general() });
}
