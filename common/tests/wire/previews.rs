//! Previews of links.

use crate::{
    cast::{GENERAL, HELLO, PREVIEW, hello},
    snapshots::{assert_exchange, assert_reads_back, assert_snapshot},
};
use common::{
    messages::Message,
    previews::{Preview, PreviewPicture, RemovePreview},
};

pub fn engine() -> Preview {
    Preview {
        id: PREVIEW,
        url: "https://example.org/engine".into(),
        site: "Analytical Society".into(),
        title: "The Analytical Engine".into(),
        text: "It weaves algebraic patterns.".into(),
        picture: Some(PreviewPicture { width: 360, height: 240 }),
    }
}

#[test]
fn a_preview_is_taken_off_a_message() {
    assert_exchange(RemovePreview { room: GENERAL, message: HELLO, preview: PREVIEW }, ());
}

#[test]
fn a_message_comes_with_previews_of_its_links() {
    let bare = Preview { text: String::new(), picture: None, ..engine() };
    let message = Message { previews: vec![engine(), bare], touched: Some(4), ..hello() };
    assert_reads_back(&message);
    assert_snapshot("message_with_previews", &message);
}
