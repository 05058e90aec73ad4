//! Room settings: name, topic, options and member roles.

use crate::{
    clock,
    columns::Column,
    db::{self, Db, Transaction},
    error::Error,
    idempotency::{self, Attempt, PendingReply},
    log,
    rooms::{access, joining, memberships},
};
use common::{
    Code, Command, CommandId, PersonId, RoomId, ServerEvent,
    permissions::{RoomAction, RoomRole},
    rooms::{ChangeMember, ChangeRoom, RemoveMember, RoomChange, RoomChanged, checked_room_name, checked_topic},
};

/// Changes a room's name, topic or options. An equal value is not a change.
///
/// # Errors
/// [`Code::BadRoomName`], [`Code::BadTopic`], [`Code::RoomNameTaken`], [`Code::IdTaken`], or an error of
/// [`access::require_to`].
pub async fn change(db: &Db, by: PersonId, command: &ChangeRoom) -> Result<(), Error> {
    let change = checked(&command.change)?;
    let (room, deed) = (command.room, deed(&change));
    let mut transaction = db.begin().await?;
    let Some(pending) = begin(&mut transaction, by, room, deed, command.id, command).await? else {
        return transaction.commit().await;
    };
    if write(&mut transaction, room, &change).await? {
        let at = clock::now();
        let changed = |seq| ServerEvent::RoomChanged(RoomChanged { room, seq, by, change, at });
        log::append(&mut transaction, room, by, at, changed).await?;
    }
    idempotency::store_reply(&mut transaction, pending, &()).await?;
    transaction.commit().await
}

fn checked(change: &RoomChange) -> Result<RoomChange, Code> {
    Ok(match change {
        RoomChange::Name(name) => RoomChange::Name(checked_room_name(name)?),
        RoomChange::Topic(topic) => RoomChange::Topic(checked_topic(topic)?),
        RoomChange::Archived(_) | RoomChange::Posting(_) | RoomChange::Announcing(_) => change.clone(),
    })
}

fn deed(change: &RoomChange) -> RoomAction {
    match change {
        RoomChange::Name(_) => RoomAction::Rename,
        RoomChange::Topic(_) => RoomAction::SetTopic,
        RoomChange::Archived(true) => RoomAction::Archive,
        RoomChange::Archived(false) => RoomAction::Unarchive,
        RoomChange::Posting(_) | RoomChange::Announcing(_) => RoomAction::Limit,
    }
}

/// Stores the change; returns whether a value differs.
async fn write(transaction: &mut Transaction, room: RoomId, change: &RoomChange) -> Result<bool, Error> {
    let query = match change {
        RoomChange::Name(name) => sqlx::query(
            "UPDATE rooms SET name = $2, name_key = CASE WHEN kind = 'public' THEN $3 END WHERE id = $1 AND name <> $2",
        )
        .bind(room.0)
        .bind(name)
        .bind(name.to_lowercase()),
        RoomChange::Topic(topic) => {
            sqlx::query("UPDATE rooms SET topic = $2 WHERE id = $1 AND topic <> $2").bind(room.0).bind(topic)
        }
        RoomChange::Archived(archived) => {
            sqlx::query("UPDATE rooms SET archived_at = $2 WHERE id = $1 AND (archived_at IS NULL) <> ($2 IS NULL)")
                .bind(room.0)
                .bind(archived.then(clock::now))
        }
        RoomChange::Posting(who) => {
            sqlx::query("UPDATE rooms SET posting = $2 WHERE id = $1 AND posting <> $2").bind(room.0).bind(who.as_str())
        }
        RoomChange::Announcing(who) => {
            sqlx::query("UPDATE rooms SET announcing = $2 WHERE id = $1 AND announcing <> $2")
                .bind(room.0)
                .bind(who.as_str())
        }
    };
    match query.execute(&mut **transaction).await {
        Err(error) if db::is_taken(&error) => Err(Code::RoomNameTaken.into()),
        other => Ok(other?.rows_affected() > 0),
    }
}

/// Makes a member an owner, or an owner a member.
///
/// # Errors
/// [`Code::UnknownPerson`] for a person outside the room, [`Code::LastOwner`],
/// [`Code::IdTaken`], or an error of [`access::require_to`].
pub async fn change_member(db: &Db, by: PersonId, command: &ChangeMember) -> Result<(), Error> {
    let ChangeMember { id, room, person, role } = *command;
    let mut transaction = db.begin().await?;
    let Some(pending) = begin(&mut transaction, by, room, RoomAction::SetRole, id, command).await? else {
        return transaction.commit().await;
    };
    let before = memberships::role(&mut transaction, person, room).await?.ok_or(Code::UnknownPerson)?;
    if before == RoomRole::Owner
        && role == RoomRole::Member
        && joining::other_owners(&mut transaction, person, room).await? == 0
    {
        return Err(Code::LastOwner.into());
    }
    if before != role {
        joining::give_role(&mut transaction, person, room, role, by).await?;
    }
    idempotency::store_reply(&mut transaction, pending, &()).await?;
    transaction.commit().await
}

/// Removes a member from a room.
///
/// # Errors
/// [`Code::UnknownPerson`] for a person outside the room, [`Code::IdTaken`], or an error of
/// [`access::require_to`].
pub async fn remove_member(db: &Db, by: PersonId, command: &RemoveMember) -> Result<(), Error> {
    let RemoveMember { id, room, person } = *command;
    let mut transaction = db.begin().await?;
    let Some(pending) = begin(&mut transaction, by, room, RoomAction::Remove, id, command).await? else {
        return transaction.commit().await;
    };
    memberships::role(&mut transaction, person, room).await?.ok_or(Code::UnknownPerson)?;
    joining::take_out(&mut transaction, person, room, by).await?;
    idempotency::store_reply(&mut transaction, pending, &()).await?;
    transaction.commit().await
}

/// Checks the idempotency id, then the permission; returns `None` for a repeat. The order matters: a
/// repeated archive command finds the room archived.
async fn begin<C: Command<Reply = ()>>(
    transaction: &mut Transaction,
    by: PersonId,
    room: RoomId,
    deed: RoomAction,
    id: CommandId,
    command: &C,
) -> Result<Option<PendingReply>, Error> {
    let standing = access::of(&mut **transaction, by, room).await?;
    match idempotency::attempt(transaction, by, id, command).await? {
        Attempt::Repeat(()) => Ok(None),
        Attempt::First(pending) => {
            standing.may(deed)?;
            Ok(Some(pending))
        }
    }
}
