//! Link previews: what the pages that a message links to say of themselves.
//!
//! The server looks for them after a message was posted or edited, and tells the room what it has
//! found. Readers' browsers ask no one but this server: pictures are copies, made small.

use crate::{MessageId, PersonId, PreviewId, RoomId, Seq, commands::command};
use serde::{Deserialize, Serialize};

/// A page that a message links to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub id: PreviewId,
    /// The address in the message: `http` or `https`.
    pub url: String,
    /// What the site calls itself, or else its host.
    pub site: String,
    pub title: String,
    /// A description; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<PreviewPicture>,
}

/// The size of a preview's picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewPicture {
    pub width: u32,
    pub height: u32,
}

impl Preview {
    /// Where its picture is shown from, if it has one.
    pub fn picture_path(&self) -> Option<String> {
        self.picture.map(|_| format!("/previews/{}/picture", self.id))
    }
}

/// `preview:remove`: its author, or an owner of the room, takes a preview off a message, for everybody.
/// It does not come back as long as the link stays in the message. Nothing happens where there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovePreview {
    pub room: RoomId,
    pub message: MessageId,
    pub preview: PreviewId,
}
command!(RemovePreview => "preview:remove", ());

/// A message has other previews than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewsChanged {
    pub room: RoomId,
    pub seq: Seq,
    pub message: MessageId,
    /// The author of the message, or who took a preview off it.
    pub person: PersonId,
    /// All that there are now, in the order of the links.
    pub previews: Vec<Preview>,
}
