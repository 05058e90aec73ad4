//! Rooms in the database: creation, lookup, and a person's summaries.

use crate::{
    blocks::{self, not_blocked},
    clock,
    columns::Column,
    db::{self, Db, Transaction},
    error::Error,
    mentions,
    messages::pages,
    people, read_receipts,
    rooms::{
        joining,
        memberships::{self, Member},
    },
};
use common::{
    Code, Millis, PersonId, RoomId, Seq, limits,
    messages::{PageAround, Spot},
    notifications::Level,
    people::Role,
    permissions::{MemberGroup, RoomRole},
    rooms::{CreateRoom, RoomCard, RoomKind, RoomSummary, RoomView, checked_room_name, checked_topic},
};
use sqlx::{SqliteConnection, SqliteExecutor};
use uuid::Uuid;

/// The name of every workspace's first room, which new members join.
const FIRST: &str = "general";

#[derive(sqlx::FromRow)]
struct SummaryRow {
    id: Uuid,
    kind: String,
    name: String,
    topic: String,
    last_seq: Seq,
    active_at: Millis,
    archived: bool,
    posting: String,
    announcing: String,
    read_seq: Seq,
    rewinds: i64,
    starred: bool,
    level: Option<String>,
    unread: i64,
}

/// The columns of a [`SummaryRow`]; the room is `r`, the membership `m`, the limit of the count `$2`.
macro_rules! summary_columns {
    () => {
        concat!(
            "r.id, r.kind, r.name, r.topic, r.last_seq, r.active_at, r.archived_at IS NOT NULL AS archived, r.posting,
         r.announcing, m.read_seq, m.rewinds, m.starred_at IS NOT NULL AS starred, m.level,
         (SELECT count(*) FROM (SELECT 1 FROM messages WHERE room_id = r.id AND seq > m.read_seq AND parent_id IS NULL
                                AND author_id <> m.person_id AND (revision IS NULL OR revision <> 'deleted') AND ",
            not_blocked!("m.person_id", "author_id"),
            " LIMIT $2) AS counted) AS unread"
        )
    };
}

/// Returns the rooms of a person, latest activity first.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn mine(db: &Db, person: PersonId) -> Result<Vec<RoomSummary>, Error> {
    let rows: Vec<SummaryRow> = sqlx::query_as(concat!(
        "SELECT ",
        summary_columns!(),
        " FROM memberships m JOIN rooms r ON r.id = m.room_id
         WHERE m.person_id = $1 ORDER BY r.active_at DESC, r.id"
    ))
    .bind(person.0)
    .bind(i64::from(limits::UNREAD_COUNTED))
    .fetch_all(&db.read)
    .await?;
    let mut mentions = mentions::unread(&db.read, person).await?;
    let mut summaries = Vec::with_capacity(rows.len());
    for row in rows {
        let mentions = mentions.remove(&RoomId(row.id)).unwrap_or_default();
        summaries.push(summed_up(db, row, mentions).await?);
    }
    Ok(summaries)
}

/// Returns a room's summary for a member.
///
/// # Errors
/// The errors of [`memberships::require`].
pub async fn summary(db: &Db, person: PersonId, room: RoomId) -> Result<RoomSummary, Error> {
    memberships::require(&db.read, person, room).await?;
    let row: Option<SummaryRow> = sqlx::query_as(concat!(
        "SELECT ",
        summary_columns!(),
        " FROM memberships m JOIN rooms r ON r.id = m.room_id WHERE m.person_id = $1 AND r.id = $3"
    ))
    .bind(person.0)
    .bind(i64::from(limits::UNREAD_COUNTED))
    .bind(room.0)
    .fetch_optional(&db.read)
    .await?;
    let row = row.ok_or(Code::UnknownRoom)?;
    let mentions =
        if row.unread > 0 { mentions::unread_in(&db.read, person, room, row.read_seq).await? } else { Vec::new() };
    summed_up(db, row, mentions).await
}

/// Counts a person's unread messages after a place, up to a limit.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn unread(db: impl SqliteExecutor<'_>, person: PersonId, room: RoomId, read: Seq) -> Result<u32, Error> {
    let query = sqlx::query_scalar(concat!(
        "SELECT count(*) FROM (SELECT 1 FROM messages WHERE room_id = $1 AND seq > $2 AND parent_id IS NULL AND author_id <> $3
                               AND (revision IS NULL OR revision <> 'deleted') AND ",
        not_blocked!("$3", "author_id"),
        " LIMIT $4) AS counted"
    ));
    let limit = i64::from(limits::UNREAD_COUNTED);
    let count: i64 = query.bind(room.0).bind(read).bind(person.0).bind(limit).fetch_one(db).await?;
    Ok(u32::try_from(count).unwrap_or(limits::UNREAD_COUNTED))
}

async fn summed_up(db: &Db, row: SummaryRow, mut mentions: Vec<Seq>) -> Result<RoomSummary, Error> {
    let id = RoomId(row.id);
    // This query runs after the row's: the position may have changed in between.
    mentions.retain(|seq| *seq > row.read_seq);
    let kind = RoomKind::from_str(&row.kind)?;
    let people = if kind == RoomKind::Direct { memberships::members(&db.read, id).await? } else { Vec::new() };
    Ok(RoomSummary {
        id,
        kind,
        name: row.name,
        topic: row.topic,
        people,
        seq: row.last_seq,
        read: row.read_seq,
        unread: u32::try_from(row.unread).unwrap_or(limits::UNREAD_COUNTED),
        mentions,
        rewinds: row.rewinds,
        level: row.level.as_deref().map(Level::from_str).transpose()?,
        active_at: row.active_at,
        archived: row.archived,
        posting: MemberGroup::from_str(&row.posting)?,
        announcing: MemberGroup::from_str(&row.announcing)?,
        starred: row.starred,
    })
}

/// Returns a room with its members and its last page of messages, or the page around `sought`.
///
/// # Errors
/// The errors of [`memberships::require`].
pub async fn view(db: &Db, person: PersonId, room: RoomId, sought: Option<Seq>) -> Result<RoomView, Error> {
    // Read the summary first: a concurrent post then makes the page newer than the summary, never older.
    let summary = summary(db, person, room).await?;
    let member = Member::found_before(person, room);
    let (members, owners) = members(db, room).await?;
    let around = match sought {
        Some(seq) => pages::around(db, member, Spot::Seq(seq)).await?,
        None => None,
    };
    let (page, sought) = match around {
        Some(PageAround { seq, page }) => (page, Some(seq)),
        None => (pages::before(db, member, Seq::MAX).await?, None),
    };
    let readers = if members.len() <= limits::RECEIPTS_MEMBERS as usize {
        read_receipts::readers(db, person, room).await?
    } else {
        Vec::new()
    };
    Ok(RoomView { summary, members, owners, page, sought, readers })
}

/// Returns a room's members and its owners.
async fn members(db: &Db, room: RoomId) -> Result<(Vec<PersonId>, Vec<PersonId>), Error> {
    let query =
        sqlx::query_as("SELECT person_id, role FROM memberships WHERE room_id = $1 ORDER BY joined_at, person_id");
    let rows: Vec<(Uuid, String)> = query.bind(room.0).fetch_all(&db.read).await?;
    let (mut members, mut owners) = (Vec::with_capacity(rows.len()), Vec::new());
    for (id, role) in rows {
        members.push(PersonId(id));
        if RoomRole::from_str(&role)? == RoomRole::Owner {
            owners.push(PersonId(id));
        }
    }
    Ok((members, owners))
}

/// SQL condition: the room `r` is public and the person `$1` is not a guest outside it.
macro_rules! is_open {
    () => {
        "r.kind = 'public'
         AND (NOT EXISTS (SELECT 1 FROM people WHERE id = $1 AND role = 'guest')
              OR EXISTS (SELECT 1 FROM memberships WHERE room_id = r.id AND person_id = $1))"
    };
}

type CardRow = (Uuid, String, String, i64, bool, bool);

/// Returns the public rooms by name, including archived ones.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn public(db: &Db, person: PersonId) -> Result<Vec<RoomCard>, Error> {
    let query = sqlx::query_as(concat!(
        "SELECT r.id, r.name, r.topic, (SELECT count(*) FROM memberships WHERE room_id = r.id),
                EXISTS (SELECT 1 FROM memberships WHERE room_id = r.id AND person_id = $1), r.archived_at IS NOT NULL
         FROM rooms r WHERE ",
        is_open!(),
        " ORDER BY r.name_key"
    ));
    let rows: Vec<CardRow> = query.bind(person.0).fetch_all(&db.read).await?;
    Ok(rows.into_iter().map(card).collect())
}

/// Returns the names of the same rooms.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn public_names(db: &Db, person: PersonId) -> Result<Vec<(RoomId, String)>, Error> {
    let query = sqlx::query_as(concat!("SELECT r.id, r.name FROM rooms r WHERE ", is_open!()));
    let rows: Vec<(Uuid, String)> = query.bind(person.0).fetch_all(&db.read).await?;
    Ok(rows.into_iter().map(|(id, name)| (RoomId(id), name)).collect())
}

/// Returns a room's name.
///
/// # Errors
/// [`Code::UnknownRoom`]
pub async fn name(db: impl SqliteExecutor<'_>, room: RoomId) -> Result<String, Error> {
    let name = sqlx::query_scalar("SELECT name FROM rooms WHERE id = $1").bind(room.0).fetch_optional(db).await?;
    name.ok_or_else(|| Code::UnknownRoom.into())
}

/// Returns a public room, if the person may join it.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn joinable(db: &Db, person: PersonId, room: RoomId) -> Result<Option<RoomCard>, Error> {
    Ok(public(db, person).await?.into_iter().find(|card| card.id == room && !card.joined))
}

fn card((id, name, topic, members, joined, archived): CardRow) -> RoomCard {
    RoomCard { id: RoomId(id), name, topic, members: u32::try_from(members).unwrap_or(u32::MAX), joined, archived }
}

/// Creates a public or private room with its owner as the only member.
///
/// # Errors
/// [`Code::WrongKindOfRoom`] for a direct conversation, [`Code::BadRoomName`], [`Code::BadTopic`],
/// [`Code::RoomNameTaken`], [`Code::NotForGuests`].
pub async fn create(db: &Db, person: PersonId, command: &CreateRoom) -> Result<RoomId, Error> {
    if command.kind == RoomKind::Direct {
        return Err(Code::WrongKindOfRoom.into());
    }
    let name = checked_room_name(&command.name)?;
    let topic = checked_topic(&command.topic)?;
    let mut transaction = db.begin().await?;
    joining::require_no_guest(&mut transaction, person).await?;
    let room = insert(&mut transaction, command.kind, &name, &topic, None).await?;
    joining::add(&mut transaction, person, room, person, clock::now()).await?;
    transaction.commit().await?;
    Ok(room)
}

/// Returns the direct conversation of these people and its starter; creates it if necessary.
///
/// # Errors
/// [`Code::NobodyChosen`], [`Code::UnknownPerson`], [`Code::NotReachable`] for a new conversation
/// with a person who has blocked the starter, or between a guest and a person who shares no room with them.
pub async fn start_direct(db: &Db, person: PersonId, people: &[PersonId]) -> Result<RoomId, Error> {
    let others: Vec<PersonId> = people.iter().copied().filter(|&other| other != person).collect();
    let mut everyone = joining::distinct(&others)?;
    everyone.push(person);
    everyone.sort();
    let key = everyone.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let mut transaction = db.begin().await?;
    let known: Option<Uuid> = sqlx::query_scalar("SELECT id FROM rooms WHERE direct_key = $1")
        .bind(&key)
        .fetch_optional(&mut *transaction)
        .await?;
    if let Some(id) = known {
        transaction.commit().await?;
        return Ok(RoomId(id));
    }
    let blockers = blocks::against(&mut transaction, person).await?;
    if everyone.iter().any(|other| blockers.contains(other)) {
        return Err(Code::NotReachable.into());
    }
    let is_guest = people::verbs::role(&mut transaction, person).await? == Role::Guest;
    if is_guest && !joining::strangers(&mut transaction, person, &others).await?.is_empty() {
        return Err(Code::NotReachable.into());
    }
    let room = insert(&mut transaction, RoomKind::Direct, "", "", Some(&key)).await?;
    for member in everyone {
        joining::require_person(&mut transaction, member).await?;
        joining::add(&mut transaction, member, room, person, clock::now()).await?;
    }
    transaction.commit().await?;
    Ok(room)
}

/// Creates the workspace's first room, with its owner as a member.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn insert_first(transaction: &mut Transaction, owner: PersonId) -> Result<RoomId, Error> {
    let topic = "Everyone is here. Say hello.";
    let room = insert(transaction, RoomKind::Public, FIRST, topic, None).await?;
    joining::add(transaction, owner, room, owner, clock::now()).await?;
    Ok(room)
}

/// Adds a new person to the workspace's first room, under any current name, unless it is archived.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn join_first(transaction: &mut Transaction, person: PersonId) -> Result<Option<RoomId>, Error> {
    let query = sqlx::query_as(
        "SELECT id, archived_at IS NULL FROM rooms WHERE kind = 'public' ORDER BY created_at, id LIMIT 1",
    );
    let Some((room, true)): Option<(Uuid, bool)> = query.fetch_optional(&mut **transaction).await? else {
        return Ok(None);
    };
    joining::add(transaction, person, RoomId(room), person, clock::now()).await?;
    Ok(Some(RoomId(room)))
}

/// Returns the path of the most likely room after sign-in.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn landing(db: &Db, person: PersonId) -> Result<String, Error> {
    let rooms = mine(db, person).await?;
    Ok(rooms.first().map_or("/".into(), |summary| format!("/rooms/{}", summary.id)))
}

async fn insert(
    connection: &mut SqliteConnection,
    kind: RoomKind,
    name: &str,
    topic: &str,
    direct_key: Option<&str>,
) -> Result<RoomId, Error> {
    let id = RoomId::new();
    let name_key = (kind == RoomKind::Public).then(|| name.to_lowercase());
    let inserted = sqlx::query(
        "INSERT INTO rooms (id, kind, name, name_key, direct_key, topic, last_seq, active_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $7)",
    )
    .bind(id.0)
    .bind(kind.as_str())
    .bind(name)
    .bind(name_key)
    .bind(direct_key)
    .bind(topic)
    .bind(clock::now())
    .execute(connection)
    .await;
    match inserted {
        Err(error) if db::is_taken(&error) => Err(Code::RoomNameTaken.into()),
        other => Ok(other.map(|_| id)?),
    }
}
