//! Files, and messages that have some.

use crate::{
    cast::{GENERAL, HELLO, MORNING, hello, photo},
    snapshots::{assert_reads_back, assert_snapshot},
};
use common::messages::{Message, PostMessage};

#[test]
fn an_upload_is_answered_with_what_became_of_the_file() {
    assert_reads_back(&photo());
    assert_snapshot("attachment", &photo());
}

#[test]
fn a_message_can_have_files_instead_of_text() {
    let post = PostMessage { id: HELLO, attachments: vec![photo().id], ..PostMessage::new(GENERAL, "") };
    assert_reads_back(&post);
    assert_snapshot("post_with_attachment", &post);
    let message = Message { text: String::new(), attachments: vec![photo()], at: MORNING, ..hello() };
    assert_reads_back(&message);
    assert_snapshot("message_with_attachment", &message);
}
