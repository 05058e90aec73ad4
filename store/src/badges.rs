//! `badge:explain`: explains why a room has a badge.

use crate::{db::Db, error::Error, mentions, messages, rooms};
use common::{
    PersonId,
    messages::Message,
    notifications::{Badge, BadgeMessage, ExplainBadge, Level, Recipient, summary as in_one_line},
};

/// Returns the messages that cause a room's badge, and the rule that counts them.
///
/// # Errors
/// The errors of [`rooms::memberships::require`].
pub async fn explain(db: &Db, person: PersonId, command: ExplainBadge) -> Result<Badge, Error> {
    let summary = rooms::verbs::summary(db, person, command.room).await?;
    let mut unread = mentions::unread_messages(db, person, summary.id, summary.read).await?;
    if unread.is_empty() {
        unread = messages::queries::unread(db, person, summary.id, summary.read).await?;
    }
    let explained = |message: Message| {
        let reason = Recipient { person, kind: summary.kind, level: Level::All, follows: false }.reason(&message)?;
        Some(BadgeMessage { seq: message.seq, author: message.author, excerpt: in_one_line(&message), reason })
    };
    let messages = unread.into_iter().filter_map(explained).collect();
    Ok(Badge { level: summary.level(), unread: summary.unread, messages })
}
