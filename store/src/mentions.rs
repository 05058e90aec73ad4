//! Mentions in the database: stored with a message, counted until the person has read it.

use crate::{
    blocks::not_blocked,
    db::Db,
    error::Error,
    messages::rows::{MessageRow, message_columns},
};
use common::{PersonId, RoomId, Seq, limits, mentions::Mentions, messages::Message};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqliteExecutor};
use std::collections::HashMap;
use uuid::Uuid;

/// The id that means everyone in the room.
pub const EVERYONE: Uuid = Uuid::nil();

/// Stores the mentions of a message.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn keep(connection: &mut SqliteConnection, message: &Message) -> Result<(), Error> {
    let people = people(&message.mentions);
    if people.is_empty() {
        return Ok(());
    }
    let mut query =
        QueryBuilder::<Sqlite>::new("INSERT INTO mentions (room_id, person_id, seq, author_id, parent_id) ");
    query.push_values(people, |mut row, person| {
        row.push_bind(message.room.0).push_bind(person).push_bind(message.seq);
        row.push_bind(message.author.0).push_bind(message.parent.map(|parent| parent.0));
    });
    query.build().execute(connection).await?;
    Ok(())
}

/// Removes the mentions of a message.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn forget(connection: &mut SqliteConnection, message: &Message) -> Result<(), Error> {
    let people = people(&message.mentions);
    if people.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::<Sqlite>::new("DELETE FROM mentions WHERE room_id = ");
    query.push_bind(message.room.0).push(" AND seq = ").push_bind(message.seq).push(" AND person_id IN (");
    let mut list = query.separated(", ");
    for person in people {
        list.push_bind(person);
    }
    list.push_unseparated(")");
    query.build().execute(connection).await?;
    Ok(())
}

/// Returns one id per row. A mention of everyone replaces individual ones.
fn people(mentions: &Mentions) -> Vec<Uuid> {
    if mentions.everyone { vec![EVERYONE] } else { mentions.people.iter().map(|person| person.0).collect() }
}

/// Returns the places of unread messages in a room's conversation that mention a person, oldest first.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn unread_in(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
    room: RoomId,
    read: Seq,
) -> Result<Vec<Seq>, Error> {
    let query = sqlx::query_scalar(concat!(
        "SELECT seq FROM mentions WHERE room_id = $1 AND person_id IN ($2, $3) AND seq > $4 AND parent_id IS NULL
         AND author_id <> $2 AND ",
        not_blocked!("$2", "author_id"),
        " ORDER BY seq LIMIT $5"
    ));
    let limit = i64::from(limits::UNREAD_COUNTED);
    Ok(query.bind(room.0).bind(person.0).bind(EVERYONE).bind(read).bind(limit).fetch_all(db).await?)
}

/// Returns the first of those messages.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn unread_messages(db: &Db, person: PersonId, room: RoomId, read: Seq) -> Result<Vec<Message>, Error> {
    let query = sqlx::query_as(concat!(
        "SELECT ",
        message_columns!(),
        " FROM mentions n JOIN messages m ON m.room_id = n.room_id AND m.seq = n.seq
         WHERE n.room_id = $1 AND n.person_id IN ($2, $3) AND n.seq > $4 AND n.parent_id IS NULL AND n.author_id <> $2 AND ",
        not_blocked!("$2", "n.author_id"),
        " ORDER BY n.seq LIMIT $5"
    ));
    let query = query.bind(room.0).bind(person.0).bind(EVERYONE).bind(read).bind(i64::from(limits::EXPLAINED));
    let rows: Vec<MessageRow> = query.fetch_all(&db.read).await?;
    rows.into_iter().map(Message::try_from).collect()
}

/// Returns the same for all rooms of a person, after their read positions.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn unread(db: impl SqliteExecutor<'_>, person: PersonId) -> Result<HashMap<RoomId, Vec<Seq>>, Error> {
    let query = sqlx::query_as(concat!(
        "SELECT n.room_id, n.seq FROM memberships m
         JOIN mentions n ON n.room_id = m.room_id AND n.person_id IN (m.person_id, $2) AND n.seq > m.read_seq
         WHERE m.person_id = $1 AND n.parent_id IS NULL AND n.author_id <> $1 AND ",
        not_blocked!("$1", "n.author_id"),
        " ORDER BY n.room_id, n.seq"
    ));
    let rows: Vec<(Uuid, Seq)> = query.bind(person.0).bind(EVERYONE).fetch_all(db).await?;
    let mut unread = HashMap::<RoomId, Vec<Seq>>::new();
    for (room, seq) in rows {
        let places = unread.entry(RoomId(room)).or_default();
        if places.len() < limits::UNREAD_COUNTED as usize {
            places.push(seq);
        }
    }
    Ok(unread)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::Connection;

    #[tokio::test]
    async fn the_migration_counts_mentions_in_earlier_replies() {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.expect("it is in memory");
        let mut run = async |sql: String| {
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.expect("it is SQL");
        };
        run("PRAGMA foreign_keys = OFF".into()).await;
        let (before, after): (Vec<_>, Vec<_>) =
            sqlx::migrate!().iter().map(|one| (one.version, one.sql.as_str().to_owned())).partition(|one| one.0 < 12);
        for (_, sql) in before {
            run(sql).await;
        }
        let ada = Uuid::now_v7();
        for (seq, parent, mentions) in [
            (1, "NULL", format!(r#"{{"people":["{ada}"]}}"#)),
            (2, "X'01'", format!(r#"{{"people":["{ada}"]}}"#)),
            (3, "X'01'", format!(r#"{{"everyone":true,"people":["{ada}"]}}"#)),
            (4, "X'01'", "{}".into()),
        ] {
            run(format!(
                "INSERT INTO messages (id, room_id, seq, author_id, text, at, parent_id, mentions)
                 VALUES (X'0{seq}', X'0A', {seq}, X'0B', '', 0, {parent}, '{mentions}')"
            ))
            .await;
        }
        for (_, sql) in after.into_iter().take(1) {
            run(sql).await;
        }
        let kept: Vec<(Uuid, Seq)> = sqlx::query_as("SELECT person_id, seq FROM mentions ORDER BY seq")
            .fetch_all(&mut connection)
            .await
            .expect("the table is there");
        assert_eq!(kept, [(ada, 2), (EVERYONE, 3)]);
    }
}
