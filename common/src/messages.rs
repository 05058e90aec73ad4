//! Messages: text with an author and a place (`seq`) in a room.

use crate::{
    Code, CommandId, FileId, MessageId, Millis, PersonId, RoomId, Seq, catch_up::LogEntry, commands::command,
    files::Attachment, limits, mentions::Mentions, pins::Pin, previews::Preview, reactions::Reaction, threads::Replies,
};
use serde::{Deserialize, Serialize};

/// A stored message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub id: MessageId,
    pub room: RoomId,
    pub seq: Seq,
    pub author: PersonId,
    /// The message that it replies to; it stands in the thread of that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<MessageId>,
    /// Empty once the message is deleted, or when it has nothing but attachments.
    pub text: String,
    /// The text with its markup as safe HTML; without any markup there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    #[serde(default, skip_serializing_if = "Mentions::is_empty")]
    pub mentions: Mentions,
    pub at: Millis,
    /// Its files, in the order in which its author put them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The last change after it was posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
    /// What there is in its thread. Only in pages: a client that receives `message:posted` counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replies: Option<Replies>,
    /// What people have put under it, in the order in which each emoji came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<Reaction>,
    /// Who has pinned it in its room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Pin>,
    /// What the pages that it links to say of themselves. Not there yet when it is posted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub previews: Vec<Preview>,
    /// The last event of the log that is in its reactions, its pin and its previews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touched: Option<Seq>,
}

/// What became of a message after it was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    pub kind: RevisionKind,
    /// The place of the change in the room's log.
    pub seq: Seq,
    pub at: Millis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevisionKind {
    Edited,
    Deleted,
}

impl Message {
    /// A message as it is when it is posted, with nothing but text.
    pub fn posted(id: MessageId, room: RoomId, seq: Seq, author: PersonId, text: String, at: Millis) -> Self {
        Self {
            id,
            room,
            seq,
            author,
            parent: None,
            text,
            html: None,
            mentions: Mentions::default(),
            at,
            attachments: Vec::new(),
            revision: None,
            replies: None,
            reactions: Vec::new(),
            pin: None,
            previews: Vec::new(),
            touched: None,
        }
    }

    /// Whether only a trace of it is left.
    pub fn is_deleted(&self) -> bool {
        self.revision.is_some_and(|revision| revision.kind == RevisionKind::Deleted)
    }
}

/// `message:post`: store a message and tell the room. Sending it again with the same id
/// returns the first reply and stores nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostMessage {
    /// Made by the client (UUID version 7).
    pub id: MessageId,
    pub room: RoomId,
    /// May be empty when there are attachments.
    pub text: String,
    /// The message that it replies to. A reply to a reply goes into the same thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<MessageId>,
    /// Files that the author has uploaded, each for this message only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<FileId>,
}

impl PostMessage {
    /// A new message for a room's conversation, with nothing but text.
    pub fn new(room: RoomId, text: impl Into<String>) -> Self {
        Self { id: MessageId::new(), room, text: text.into(), parent: None, attachments: Vec::new() }
    }

    /// The text as it will be stored.
    ///
    /// # Errors
    /// [`Code::EmptyText`] when there is nothing in the message, [`Code::TextTooLong`],
    /// [`Code::TooManyFiles`].
    pub fn checked_text(&self) -> Result<&str, Code> {
        if self.attachments.len() > limits::ATTACHMENTS {
            return Err(Code::TooManyFiles);
        }
        checked_text_beside(&self.text, !self.attachments.is_empty())
    }
}

/// Where and when the message, or the change to it, was stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    pub seq: Seq,
    pub at: Millis,
    /// As in [`Message::html`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// Whom it mentions.
    #[serde(default, skip_serializing_if = "Mentions::is_empty")]
    pub mentions: Mentions,
}
command!(PostMessage => "message:post", Posted);

/// `message:edit`: replace the text of your own message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditMessage {
    /// Made by the client, so that a resend is recognised.
    pub id: CommandId,
    pub room: RoomId,
    pub message: MessageId,
    pub text: String,
}
command!(EditMessage => "message:edit", Posted);

/// `message:delete`: leave only a trace of a message: your own, or one in a room that you own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteMessage {
    /// Made by the client, so that a resend is recognised.
    pub id: CommandId,
    pub room: RoomId,
    pub message: MessageId,
}
command!(DeleteMessage => "message:delete", Posted);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageEdited {
    pub room: RoomId,
    pub seq: Seq,
    pub message: MessageId,
    /// The message's own place, and its author: they say whether it is unread to someone.
    pub message_seq: Seq,
    pub author: PersonId,
    /// As in [`Message::parent`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<MessageId>,
    pub text: String,
    /// As in [`Message::html`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// Whom it mentions now.
    #[serde(default, skip_serializing_if = "Mentions::is_empty")]
    pub mentions: Mentions,
    pub at: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageDeleted {
    pub room: RoomId,
    pub seq: Seq,
    pub message: MessageId,
    /// As in [`MessageEdited::message_seq`].
    pub message_seq: Seq,
    pub author: PersonId,
    /// As in [`Message::parent`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<MessageId>,
    pub at: Millis,
}

/// `message:versions`: what an edited message said before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListVersions {
    pub room: RoomId,
    pub message: MessageId,
}
/// The versions before the one that stands, the oldest first. Of a deleted message there are none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    pub versions: Vec<Version>,
}
command!(ListVersions => "message:versions", Versions);

/// What a message said before it was edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The place in the log of the event that made it so.
    pub seq: Seq,
    pub text: String,
    /// As in [`Message::html`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    pub at: Millis,
}

/// `message:history`: the page of messages before a place in the room. Replies are in their threads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadHistory {
    pub room: RoomId,
    pub before: Seq,
}
command!(ReadHistory => "message:history", MessagePage);

/// `message:later`: the page of messages after a place in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadNewer {
    pub room: RoomId,
    pub after: Seq,
}
command!(ReadNewer => "message:later", MessagePage);

/// `message:around`: a message with those around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadAround {
    pub room: RoomId,
    pub spot: Spot,
}
command!(ReadAround => "message:around", PageAround);

/// Which message is meant: the first one from there on, or the last one when there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// A place in the room's log.
    Seq(Seq),
    /// A moment.
    At(Millis),
}

/// A message, by its place, and the page that it is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageAround {
    pub seq: Seq,
    pub page: MessagePage,
}

/// Messages in the order of their `seq`, at most [`limits::PAGE_MESSAGES`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagePage {
    pub messages: Vec<Message>,
    /// Whether there are messages before these.
    pub earlier: bool,
    /// What happened between them in the room itself: who came and went, what was changed; the last
    /// [`limits::PAGE_NOTES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<LogEntry>,
    /// Whether there are messages after these. Only a page that does not have the newest says so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub later: bool,
}

/// The text as it will be stored, without the white space around it.
///
/// # Errors
/// [`Code::EmptyText`] or [`Code::TextTooLong`].
pub fn checked_text(text: &str) -> Result<&str, Code> {
    let text = text.trim_end().trim_start_matches(['\n', '\r']);
    if text.trim().is_empty() {
        return Err(Code::EmptyText);
    }
    if text.chars().nth(limits::MESSAGE_CHARS).is_some() {
        return Err(Code::TextTooLong);
    }
    Ok(text)
}

/// The same for a text that may be empty, if the message has something beside it.
///
/// # Errors
/// Those of [`checked_text`].
pub fn checked_text_beside(text: &str, has_more: bool) -> Result<&str, Code> {
    match checked_text(text) {
        Err(Code::EmptyText) if has_more => Ok(""),
        checked => checked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_white_space_only_is_empty() {
        assert_eq!(checked_text(" \n\t "), Err(Code::EmptyText));
    }

    #[test]
    fn the_limit_counts_characters_and_not_bytes() {
        let fits = "é".repeat(limits::MESSAGE_CHARS);
        assert_eq!(checked_text(&fits), Ok(fits.as_str()));
        assert_eq!(checked_text(&format!("{fits}é")), Err(Code::TextTooLong));
    }

    #[test]
    fn the_first_lines_indentation_stays() {
        assert_eq!(checked_text("\n    let x = 1;\n\n"), Ok("    let x = 1;"));
    }
}
