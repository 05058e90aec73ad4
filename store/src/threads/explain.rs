//! `thread:explain`: explains the badge of a person's threads.

use crate::{
    blocks::not_blocked,
    columns::Column,
    db::Db,
    error::Error,
    mentions,
    messages::rows::{MessageRow, message_columns},
};
use common::{
    PersonId, RoomId, limits,
    messages::Message,
    notifications::{BadgeMessage, BadgeReply, Level, Recipient, summary},
    rooms::RoomKind,
};

#[derive(sqlx::FromRow)]
struct UnreadRow {
    #[sqlx(flatten)]
    message: MessageRow,
    kind: String,
    level: Option<String>,
}

impl UnreadRow {
    fn explained(self, person: PersonId) -> Result<Option<BadgeReply>, Error> {
        let kind = RoomKind::from_str(&self.kind)?;
        let level = self.level.as_deref().map_or(Ok(Level::usual(kind)), Level::from_str)?;
        let message = Message::try_from(self.message)?;
        let room: RoomId = message.room;
        let what = Recipient { person, kind, level: Level::All, follows: true }.reason(&message).map(|reason| {
            BadgeMessage { seq: message.seq, author: message.author, excerpt: summary(&message), reason }
        });
        Ok(what.map(|reply| BadgeReply { room, level, reply }))
    }
}

/// Returns replies that mention the reader first, then the first unread ones.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn unread(db: &Db, person: PersonId) -> Result<Vec<BadgeReply>, Error> {
    let query = concat!(
        "SELECT ",
        message_columns!(),
        ", k.kind, o.level
         FROM thread_followers f JOIN memberships o ON o.room_id = f.room_id AND o.person_id = f.person_id
         JOIN rooms k ON k.id = f.room_id JOIN messages m ON m.parent_id = f.parent_id AND m.seq > f.read_seq
         WHERE f.person_id = $1 AND m.author_id <> $1 AND (m.revision IS NULL OR m.revision <> 'deleted') AND ",
        not_blocked!("$1", "m.author_id"),
        " ORDER BY EXISTS (SELECT 1 FROM mentions n WHERE n.room_id = m.room_id AND n.person_id IN ($1, $2) AND n.seq = m.seq) DESC,
         m.at, m.id LIMIT $3"
    );
    let rows: Vec<UnreadRow> = sqlx::query_as(query)
        .bind(person.0)
        .bind(mentions::EVERYONE)
        .bind(i64::from(limits::EXPLAINED))
        .fetch_all(&db.read)
        .await?;
    rows.into_iter().filter_map(|row| row.explained(person).transpose()).collect()
}
