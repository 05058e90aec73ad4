//! Replies, the threads that they make, and how people stand with these.

use crate::{
    cast::{GENERAL, GRACE, HELLO, MORNING, REPLY, hello, reply},
    snapshots::{assert_exchange, assert_reads_back, assert_snapshot},
};
use common::{
    messages::{Message, MessagePage, PostMessage},
    threads::{
        FollowThread, ListThreads, ListedThread, MarkThreadRead, MarkThreadUnread, OpenThread, ReadThreadHistory,
        Replies, ThreadState, ThreadView,
    },
};

/// How Ada stands with the thread of her message before she has read Grace's reply.
pub fn standing() -> ThreadState {
    ThreadState { room: GENERAL, parent: HELLO, following: true, last: 4, read: 3, unread: 1, mentions: 1, rewinds: 0 }
}

fn read() -> ThreadState {
    ThreadState { read: 4, unread: 0, mentions: 0, ..standing() }
}

fn replied_to() -> Message {
    Message { replies: Some(Replies::first(GRACE, 4, MORNING + 4_000)), ..hello() }
}

fn page() -> MessagePage {
    MessagePage { messages: vec![reply()], ..MessagePage::default() }
}

#[test]
fn a_reply_names_its_parent_which_tells_of_it() {
    let post = PostMessage { id: REPLY, parent: Some(HELLO), ..PostMessage::new(GENERAL, "Hello, Ada!") };
    assert_reads_back(&post);
    assert_snapshot("reply_to_post", &post);
    assert_snapshot("message_reply", &reply());
    assert_snapshot("message_replied_to", &replied_to());
}

#[test]
fn a_message_of_a_version_without_threads_is_no_reply() {
    let old = r#"{"id": "019b077d-2280-7000-8000-0000000000c1", "room": "019b077d-2280-7000-8000-0000000000b1", "text": "Hello!"}"#;
    assert_eq!(serde_json::from_str::<PostMessage>(old).expect("it is one").parent, None);
}

#[test]
fn a_thread_is_opened_and_read_back_page_by_page() {
    let view = ThreadView { parent: replied_to(), page: page(), standing: standing() };
    assert_exchange(OpenThread { room: GENERAL, parent: HELLO }, view);
    assert_exchange(ReadThreadHistory { room: GENERAL, parent: HELLO, before: 5 }, page());
}

#[test]
fn a_thread_is_followed_and_read_and_says_how_one_stands_then() {
    assert_exchange(FollowThread { room: GENERAL, parent: HELLO, following: true }, read());
    assert_exchange(MarkThreadRead { room: GENERAL, parent: HELLO, seq: 4 }, read());
    let unread = MarkThreadUnread { room: GENERAL, parent: HELLO, seq: 4 };
    assert_exchange(unread, ThreadState { rewinds: 1, ..standing() });
}

#[test]
fn the_threads_that_one_follows_are_listed() {
    assert_exchange(ListThreads {}, vec![ListedThread { parent: replied_to(), standing: standing() }]);
}
