//! Join and leave rooms, and change roles in them.

use crate::{
    clock,
    columns::Column,
    db::{Db, Transaction},
    error::Error,
    log, people,
    rooms::{
        access::require_to,
        memberships::{look_up, require, role},
    },
    threads::followers,
    visibility,
};
use common::{
    Code, Millis, PersonId, RoomId, ServerEvent, limits,
    people::Role,
    permissions::{RoomAction, RoomRole},
    rooms::{MemberChanged, MemberJoined, MemberLeft, RoomKind},
};
use sqlx::SqliteConnection;
use uuid::Uuid;

/// Joins a public room, also an archived one, because only members can read it. A member's repeat changes
/// nothing.
///
/// # Errors
/// [`Code::UnknownRoom`], also for a private room.
pub async fn join(db: &Db, person: PersonId, room: RoomId) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    match look_up(&mut *transaction, person, room).await? {
        Some((_, true)) => return transaction.commit().await,
        Some((RoomKind::Public, false)) => {}
        Some((RoomKind::Private | RoomKind::Direct, false)) | None => return Err(Code::UnknownRoom.into()),
    }
    add(&mut transaction, person, room, person, clock::now()).await?;
    transaction.commit().await
}

/// Adds people to a room; returns those who are new in it.
///
/// # Errors
/// [`Code::NobodyChosen`], [`Code::UnknownPerson`], or an error of [`require_to`] for the inviter.
pub async fn invite(db: &Db, inviter: PersonId, room: RoomId, people: &[PersonId]) -> Result<Vec<PersonId>, Error> {
    let mut transaction = db.begin().await?;
    require_to(&mut *transaction, inviter, room, RoomAction::Invite).await?;
    let mut invited = Vec::new();
    for person in distinct(people)? {
        require_person(&mut transaction, person).await?;
        if matches!(look_up(&mut *transaction, person, room).await?, Some((_, false))) {
            add(&mut transaction, person, room, inviter, clock::now()).await?;
            invited.push(person);
        }
    }
    transaction.commit().await?;
    Ok(invited)
}

/// Leaves a public or private room, also an archived one. A room with members always has an owner: see
/// [`take_out`].
///
/// # Errors
/// [`Code::WrongKindOfRoom`] for a direct conversation, or an error of [`require`].
pub async fn leave(db: &Db, person: PersonId, room: RoomId) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    if require(&mut *transaction, person, room).await? == RoomKind::Direct {
        return Err(Code::WrongKindOfRoom.into());
    }
    take_out(&mut transaction, person, room, person).await?;
    transaction.commit().await
}

/// Adds a person to a room, and marks all earlier events as read. A room without an owner gets this person
/// as its owner, unless it is a direct conversation. `by` is the inviter, or the person themselves.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn add(
    transaction: &mut Transaction,
    person: PersonId,
    room: RoomId,
    by: PersonId,
    at: Millis,
) -> Result<(), Error> {
    let query = sqlx::query_scalar(
        "SELECT kind <> 'direct' AND NOT EXISTS (SELECT 1 FROM memberships WHERE room_id = $1 AND role = 'owner')
         FROM rooms WHERE id = $1",
    );
    let is_owner: Option<bool> = query.bind(room.0).fetch_optional(&mut **transaction).await?;
    let role = if is_owner == Some(true) { RoomRole::Owner } else { RoomRole::Member };
    let by = (by != person).then_some(by);
    let joined = |seq| ServerEvent::MemberJoined(MemberJoined { room, seq, person, by, role, at });
    let seq = log::append(transaction, room, person, at, joined).await?;
    sqlx::query("INSERT INTO memberships (room_id, person_id, read_seq, joined_at, role) VALUES ($1, $2, $3, $4, $5)")
        .bind(room.0)
        .bind(person.0)
        .bind(seq)
        .bind(at)
        .bind(role.as_str())
        .execute(&mut **transaction)
        .await?;
    visibility::note(transaction, room, person).await
}

/// Removes a person from a room. If the room loses its only owner, its longest member becomes the owner.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn take_out(
    transaction: &mut Transaction,
    person: PersonId,
    room: RoomId,
    by: PersonId,
) -> Result<(), Error> {
    let is_only_owner = role(transaction, person, room).await? == Some(RoomRole::Owner)
        && other_owners(transaction, person, room).await? == 0;
    if is_only_owner {
        let query = sqlx::query_scalar(
            "SELECT person_id FROM memberships WHERE room_id = $1 AND person_id <> $2 ORDER BY joined_at, person_id LIMIT 1",
        );
        let heir: Option<Uuid> = query.bind(room.0).bind(person.0).fetch_optional(&mut **transaction).await?;
        if let Some(heir) = heir {
            give_role(transaction, PersonId(heir), room, RoomRole::Owner, by).await?;
        }
    }
    sqlx::query("DELETE FROM memberships WHERE room_id = $1 AND person_id = $2")
        .bind(room.0)
        .bind(person.0)
        .execute(&mut **transaction)
        .await?;
    followers::forget(transaction, person, room).await?;
    let at = clock::now();
    let by = (by != person).then_some(by);
    let left = |seq| ServerEvent::MemberLeft(MemberLeft { room, seq, person, by, at });
    log::append(transaction, room, person, at, left).await?;
    Ok(())
}

/// Changes a member's role.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn give_role(
    transaction: &mut Transaction,
    person: PersonId,
    room: RoomId,
    role: RoomRole,
    by: PersonId,
) -> Result<(), Error> {
    sqlx::query("UPDATE memberships SET role = $3 WHERE room_id = $1 AND person_id = $2")
        .bind(room.0)
        .bind(person.0)
        .bind(role.as_str())
        .execute(&mut **transaction)
        .await?;
    let at = clock::now();
    let changed = |seq| ServerEvent::MemberChanged(MemberChanged { room, seq, person, role, by, at });
    log::append(transaction, room, person, at, changed).await?;
    Ok(())
}

/// Counts a room's other owners.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn other_owners(connection: &mut SqliteConnection, person: PersonId, room: RoomId) -> Result<i64, Error> {
    let query = sqlx::query_scalar(
        "SELECT count(*) FROM memberships WHERE room_id = $1 AND role = 'owner' AND person_id <> $2",
    );
    Ok(query.bind(room.0).bind(person.0).fetch_one(connection).await?)
}

/// # Errors
/// [`Code::UnknownPerson`]
pub async fn require_person(connection: &mut SqliteConnection, person: PersonId) -> Result<(), Error> {
    let query = sqlx::query_scalar("SELECT id FROM people WHERE id = $1").bind(person.0);
    let found: Option<Uuid> = query.fetch_optional(connection).await?;
    found.map(drop).ok_or_else(|| Code::UnknownPerson.into())
}

/// # Errors
/// [`Code::NotForGuests`]
pub async fn require_no_guest(connection: &mut SqliteConnection, person: PersonId) -> Result<(), Error> {
    let role = people::verbs::role(connection, person).await?;
    if role == Role::Guest { Err(Code::NotForGuests.into()) } else { Ok(()) }
}

/// Returns those of these people who share no room with the person.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn strangers(
    connection: &mut SqliteConnection,
    person: PersonId,
    people: &[PersonId],
) -> Result<Vec<PersonId>, Error> {
    let query = "SELECT DISTINCT theirs.person_id FROM memberships ours
                 JOIN memberships theirs ON theirs.room_id = ours.room_id WHERE ours.person_id = $1";
    let known: Vec<Uuid> = sqlx::query_scalar(query).bind(person.0).fetch_all(connection).await?;
    Ok(people.iter().copied().filter(|person| !known.contains(&person.0)).collect())
}

/// Returns the people without duplicates.
///
/// # Errors
/// [`Code::NobodyChosen`] for an empty or too long list.
pub fn distinct(people: &[PersonId]) -> Result<Vec<PersonId>, Code> {
    let mut people = people.to_vec();
    people.sort();
    people.dedup();
    if (1..=limits::DIRECT_PEOPLE).contains(&people.len()) { Ok(people) } else { Err(Code::NobodyChosen) }
}
