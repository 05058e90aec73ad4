//! Messages in the database.

use crate::{
    columns::{self, Column},
    error::Error,
};
use common::{
    MessageId, Millis, PersonId, RoomId, Seq,
    messages::{Message, Revision, RevisionKind},
};
use uuid::Uuid;

/// The columns of a [`MessageRow`]; the table `messages` is `m`.
macro_rules! message_columns {
    () => {
        "m.id, m.room_id, m.seq, m.author_id, m.parent_id, m.text, m.html, m.mentions, m.at, m.attachments, m.revision,
         m.revision_seq, m.revision_at, m.touched_seq"
    };
}

pub(crate) use message_columns;

#[derive(sqlx::FromRow)]
pub struct MessageRow {
    pub id: Uuid,
    room_id: Uuid,
    seq: Seq,
    author_id: Uuid,
    parent_id: Option<Uuid>,
    text: String,
    html: Option<String>,
    mentions: Option<String>,
    at: Millis,
    /// JSON.
    attachments: Option<String>,
    revision: Option<String>,
    revision_seq: Option<Seq>,
    revision_at: Option<Millis>,
    pub touched_seq: Option<Seq>,
}

/// Without annotations, which [`annotations::annotated`] adds.
impl TryFrom<MessageRow> for Message {
    type Error = Error;

    fn try_from(row: MessageRow) -> Result<Self, Error> {
        let kind = row.revision.as_deref().map(RevisionKind::from_str).transpose()?;
        let revision = match (kind, row.revision_seq, row.revision_at) {
            (Some(kind), Some(seq), Some(at)) => Some(Revision { kind, seq, at }),
            _ => None,
        };
        let (id, room, author) = (MessageId(row.id), RoomId(row.room_id), PersonId(row.author_id));
        let message = Message::posted(id, room, row.seq, author, row.text, row.at);
        let mentions = columns::json(row.mentions.as_deref())?;
        let attachments = columns::json(row.attachments.as_deref())?;
        let parent = row.parent_id.map(MessageId);
        Ok(Message { parent, html: row.html, mentions, attachments, revision, ..message })
    }
}
