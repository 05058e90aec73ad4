//! Invitations in the database. They store only the SHA-256 of a link's token.

use crate::{
    audit, clock,
    columns::Column,
    db::{Db, Transaction},
    error::Error,
    roster::tags,
    sessions,
};
use common::{
    Code, InviteId, Millis, PersonId, RoomId,
    invites::{CreateInvite, Invite},
    people::Role,
};
use uuid::Uuid;

/// Creates an invitation; returns the token of its link.
///
/// # Errors
/// [`Code::UnknownRoom`], also for a direct conversation.
pub async fn create(db: &Db, by: PersonId, command: &CreateInvite) -> Result<(InviteId, String), Error> {
    let (id, token, now) = (InviteId::new(), sessions::verbs::random_token(), clock::now());
    let mut transaction = db.begin().await?;
    let mut subject = command.role.as_str().to_owned();
    if let Some(room) = command.room {
        let query = sqlx::query_scalar("SELECT name FROM rooms WHERE id = $1 AND kind <> 'direct'").bind(room.0);
        let name: Option<String> = query.fetch_optional(&mut *transaction).await?;
        subject = format!("{subject} in #{}", name.ok_or(Code::UnknownRoom)?);
    }
    sqlx::query(
        "INSERT INTO invites (id, token_hash, by_id, at, role, room_id, uses, used, until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)",
    )
    .bind(id.0)
    .bind(sessions::verbs::hashed(&token))
    .bind(by.0)
    .bind(now)
    .bind(command.role.as_str())
    .bind(command.room.map(|room| room.0))
    .bind(i64::from(command.uses))
    .bind(now + command.lasts)
    .execute(&mut *transaction)
    .await?;
    let times = if command.uses == 1 { "for one person".into() } else { format!("for {} people", command.uses) };
    let details = format!("{times}, until {}", audit::moment(now + command.lasts));
    audit::note(&mut transaction, by, "invite:create", &subject, &details).await?;
    transaction.commit().await?;
    Ok((id, token))
}

/// # Errors
/// [`Code::Gone`]
pub async fn revoke(db: &Db, by: PersonId, invite: InviteId) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    let query = sqlx::query_scalar("DELETE FROM invites WHERE id = $1 RETURNING role").bind(invite.0);
    let role: Option<String> = query.fetch_optional(&mut *transaction).await?;
    audit::note(&mut transaction, by, "invite:revoke", &role.ok_or(Code::Gone)?, "taken back").await?;
    transaction.commit().await?;
    Ok(())
}

/// Uses an invitation; returns the new account's role and room. Concurrent attempts never exceed the number
/// of uses.
///
/// # Errors
/// [`Code::BadInvite`]
pub async fn take(transaction: &mut Transaction, token: &str) -> Result<(Role, Option<RoomId>), Error> {
    let query = sqlx::query_as(
        "UPDATE invites SET used = used + 1 WHERE token_hash = $1 AND used < uses AND until > $2 RETURNING role, room_id",
    );
    let found: Option<(String, Option<Uuid>)> =
        query.bind(sessions::verbs::hashed(token)).bind(clock::now()).fetch_optional(&mut **transaction).await?;
    let (role, room) = found.ok_or(Code::BadInvite)?;
    Ok((Role::from_str(&role)?, room.map(RoomId)))
}

/// Checks that an invitation is valid now.
///
/// # Errors
/// [`Code::BadInvite`]
pub async fn require(db: &Db, token: &str) -> Result<(), Error> {
    let query = sqlx::query_scalar("SELECT 1 FROM invites WHERE token_hash = $1 AND used < uses AND until > $2");
    let found: Option<i64> =
        query.bind(sessions::verbs::hashed(token)).bind(clock::now()).fetch_optional(&db.read).await?;
    found.map(drop).ok_or_else(|| Code::BadInvite.into())
}

/// Returns the valid invitations, newest first.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn list(db: &Db) -> Result<Vec<Invite>, Error> {
    #[derive(sqlx::FromRow)]
    struct Row {
        id: Uuid,
        by_id: Uuid,
        at: Millis,
        role: String,
        room_id: Option<Uuid>,
        room_name: Option<String>,
        uses: i64,
        used: i64,
        until: Millis,
    }
    let query = "SELECT i.id, i.by_id, i.at, i.role, i.room_id, r.name AS room_name, i.uses, i.used, i.until
                 FROM invites i LEFT JOIN rooms r ON r.id = i.room_id
                 WHERE i.used < i.uses AND i.until > $1 ORDER BY i.at DESC";
    let rows: Vec<Row> = sqlx::query_as(query).bind(clock::now()).fetch_all(&db.read).await?;
    let tags = tags::tags(db, rows.iter().map(|row| PersonId(row.by_id))).await?;
    let invites = rows.into_iter().map(|row| {
        let role = Role::from_str(&row.role)?;
        Ok(Invite {
            id: InviteId(row.id),
            by: tags.of(PersonId(row.by_id)),
            at: row.at,
            role,
            room: row.room_id.map(RoomId).zip(row.room_name),
            uses: u32::try_from(row.uses).unwrap_or(0),
            used: u32::try_from(row.used).unwrap_or(0),
            until: row.until,
        })
    });
    invites.collect()
}
