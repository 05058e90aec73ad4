//! The archive: the demonstration's people in forty rooms more, one of them big, over three years.

use crate::{
    Plan,
    words::{Chance, Language},
};
use anyhow::{Context, ensure};
use sqlx::{Connection, Executor, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{path::Path, time::Instant};
use uuid::Uuid;

pub const BIG: &str = "archive";
/// A person who is in one small room only, beside the demonstration's.
pub const OUTSIDER: &str = "alan";

const ROOMS: usize = 40;
pub const THREE_YEARS: i64 = 3 * 365 * 24 * 60 * 60 * 1000;
/// When the archive ends: 2026-11-24T00:00:00Z.
pub const END: i64 = 1_795_478_400_000;

struct Room {
    id: Uuid,
    seq: i64,
}

pub async fn fill(plan: &Plan, folder: &Path) -> anyhow::Result<()> {
    let begun = Instant::now();
    let made = tokio::process::Command::new(&plan.server).arg("demo").arg("--data").arg(folder).output().await?;
    ensure!(made.status.success(), "the demonstration could not be made: {}", String::from_utf8_lossy(&made.stderr));
    let options = SqliteConnectOptions::new().filename(folder.join("hubbub.db"));
    let mut db = SqliteConnection::connect_with(&options).await?;
    db.execute("PRAGMA synchronous = OFF").await?;
    let people: Vec<(Uuid, String)> = sqlx::query_as("SELECT id, handle FROM people").fetch_all(&mut db).await?;
    let mut chance = Chance(0x5EED);
    let language = Language::new();
    let mut transaction = db.begin().await?;
    let mut rooms = Vec::new();
    for number in 0..=ROOMS {
        let name = if number == 0 { BIG.to_owned() } else { format!("room {number}") };
        // The outsider is in the last one.
        let is_in = |handle: &str| handle != OUTSIDER || number == ROOMS;
        let members: Vec<Uuid> = people.iter().filter(|(_, handle)| is_in(handle)).map(|(id, _)| *id).collect();
        rooms.push(open(&mut transaction, &name, &members).await?);
    }
    let authors: Vec<Uuid> = people.iter().filter(|(_, handle)| handle != OUTSIDER).map(|(id, _)| *id).collect();
    for number in 0..plan.messages {
        // A tenth of them in the big room, if these are the usual numbers; most others in few rooms.
        let is_big = (number * plan.big_room) / plan.messages != ((number + 1) * plan.big_room) / plan.messages;
        let rank = 1 + (ROOMS as f64).powf(chance.part()) as usize;
        let room = &mut rooms[if is_big { 0 } else { rank.min(ROOMS) }];
        let at = END - THREE_YEARS + i64::try_from(number)? * (THREE_YEARS / i64::try_from(plan.messages)?);
        let author = authors[chance.below(authors.len())];
        let text = language.sentence(&mut chance);
        post(&mut transaction, room, author, &text, at).await?;
    }
    for room in &rooms {
        let query = sqlx::query("UPDATE rooms SET last_seq = $2, active_at = $3 WHERE id = $1");
        query.bind(room.id).bind(room.seq).bind(END).execute(&mut *transaction).await?;
    }
    sqlx::query("UPDATE memberships SET read_seq = (SELECT last_seq FROM rooms WHERE id = room_id)")
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    db.close().await.context("the archive could not be closed")?;
    eprintln!("archive: {} messages written in {:.0} s", plan.messages, begun.elapsed().as_secs_f64());
    Ok(())
}

async fn open(db: &mut SqliteConnection, name: &str, members: &[Uuid]) -> anyhow::Result<Room> {
    let id = Uuid::now_v7();
    sqlx::query(
        "INSERT INTO rooms (id, kind, name, name_key, topic, last_seq, active_at, created_at)
         VALUES ($1, 'public', $2, $2, '', 0, $3, $3)",
    )
    .bind(id)
    .bind(name)
    .bind(END - THREE_YEARS)
    .execute(&mut *db)
    .await?;
    let mut room = Room { id, seq: 0 };
    for &person in members {
        room.seq += 1;
        log(db, &room, "member:joined", person, None, END - THREE_YEARS).await?;
        sqlx::query("INSERT INTO memberships (room_id, person_id, read_seq, joined_at) VALUES ($1, $2, 0, $3)")
            .bind(id)
            .bind(person)
            .bind(END - THREE_YEARS)
            .execute(&mut *db)
            .await?;
    }
    Ok(room)
}

async fn post(db: &mut SqliteConnection, room: &mut Room, author: Uuid, text: &str, at: i64) -> anyhow::Result<()> {
    room.seq += 1;
    let id = Uuid::now_v7();
    log(db, room, "message:posted", author, Some(id), at).await?;
    sqlx::query("INSERT INTO messages (id, room_id, seq, author_id, text, at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(room.id)
        .bind(room.seq)
        .bind(author)
        .bind(text)
        .bind(at)
        .execute(db)
        .await?;
    Ok(())
}

async fn log(
    db: &mut SqliteConnection,
    room: &Room,
    kind: &str,
    person: Uuid,
    message: Option<Uuid>,
    at: i64,
) -> anyhow::Result<()> {
    sqlx::query("INSERT INTO events (room_id, seq, kind, person_id, message_id, at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(room.id)
        .bind(room.seq)
        .bind(kind)
        .bind(person)
        .bind(message)
        .bind(at)
        .execute(db)
        .await?;
    Ok(())
}
