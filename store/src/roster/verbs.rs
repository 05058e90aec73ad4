//! Account administration in the database.

use crate::{
    audit, clock,
    columns::Column,
    db::{Db, Transaction},
    error::Error,
    people::{self},
};
use common::{
    Code, Millis, PersonId, ServerEvent, limits,
    people::Role,
    roster::{Account, PersonTag},
};
use uuid::Uuid;

/// Returns the accounts after a handle whose handle or name contains the words, by handle. Bans and
/// connection counts are not in the database.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn list(db: &Db, after: Option<&str>, query: &str) -> Result<Vec<Account>, Error> {
    type Row = (Uuid, String, String, String, Millis, Option<Millis>, i64);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT p.id, p.handle, p.name, p.role, p.created_at, p.deactivated_at,
                (SELECT count(*) FROM sessions s WHERE s.person_id = p.id AND s.expires_at > $4)
         FROM people p WHERE p.handle > $1 AND instr(p.handle || ' ' || lower(p.name), $2) > 0
         ORDER BY p.handle LIMIT $3",
    )
    .bind(after.unwrap_or_default())
    .bind(query.trim().trim_start_matches('@').to_lowercase())
    .bind(limits::CONSOLE_PAGE as i64)
    .bind(clock::now())
    .fetch_all(&db.read)
    .await?;
    let accounts = rows.into_iter().map(|(id, handle, name, role, since, deactivated_at, sessions)| {
        let role = Role::from_str(&role)?;
        let sessions = u32::try_from(sessions).unwrap_or(u32::MAX);
        Ok(Account {
            person: PersonTag { id: PersonId(id), handle, name },
            role,
            since,
            deactivated: deactivated_at.is_some(),
            banned: false,
            sessions,
            connections: 0,
        })
    });
    accounts.collect()
}

/// The account that a transaction changes.
struct Subject {
    tag: PersonTag,
    role: Role,
    is_deactivated: bool,
}

impl Subject {
    fn words(&self) -> String {
        format!("{} (@{})", self.tag.name, self.tag.handle)
    }
}

/// # Errors
/// [`Code::UnknownPerson`], [`Code::NotOverThem`], and [`Code::NotAnAdmin`] for a caller who has lost that role.
async fn over(transaction: &mut Transaction, by: PersonId, person: PersonId) -> Result<Subject, Error> {
    let ours = subject(transaction, by).await?;
    let theirs = subject(transaction, person).await?;
    if !ours.role.is_admin() || ours.is_deactivated {
        return Err(Code::NotAnAdmin.into());
    }
    if by == person || !ours.role.is_over(theirs.role) {
        return Err(Code::NotOverThem.into());
    }
    Ok(theirs)
}

/// Checks that one person outranks another; returns the other's name for the log.
///
/// # Errors
/// The errors of [`set_active`].
pub async fn require_over(transaction: &mut Transaction, by: PersonId, person: PersonId) -> Result<String, Error> {
    Ok(over(transaction, by, person).await?.words())
}

/// Returns a person's name for the audit log.
///
/// # Errors
/// [`Code::UnknownPerson`]
pub async fn words_of(transaction: &mut Transaction, person: PersonId) -> Result<String, Error> {
    Ok(subject(transaction, person).await?.words())
}

async fn subject(transaction: &mut Transaction, person: PersonId) -> Result<Subject, Error> {
    let query = sqlx::query_as("SELECT handle, name, role, deactivated_at IS NOT NULL FROM people WHERE id = $1");
    let found: Option<(String, String, String, bool)> = query.bind(person.0).fetch_optional(&mut **transaction).await?;
    let (handle, name, role, is_deactivated) = found.ok_or(Code::UnknownPerson)?;
    Ok(Subject { tag: PersonTag { id: person, handle, name }, role: Role::from_str(&role)?, is_deactivated })
}

/// Sets a person's workspace role; returns whether it changed. Only owners make owners and admins. Owners
/// can step down if another owner stays.
///
/// # Errors
/// [`Code::NotOverThem`], [`Code::LastWorkspaceOwner`], [`Code::UnknownPerson`]
pub async fn set_role(db: &Db, by: PersonId, person: PersonId, role: Role) -> Result<bool, Error> {
    let mut transaction = db.begin().await?;
    let ours = subject(&mut transaction, by).await?;
    let theirs =
        if by == person { subject(&mut transaction, by).await? } else { over(&mut transaction, by, person).await? };
    if !ours.role.is_admin() {
        return Err(Code::NotAnAdmin.into());
    }
    if theirs.role == role {
        transaction.commit().await?;
        return Ok(false);
    }
    if ours.role != Role::Owner && (role.is_admin() || by == person) {
        return Err(Code::NotOverThem.into());
    }
    if theirs.role == Role::Owner {
        let query = "SELECT count(*) FROM people WHERE role = 'owner' AND deactivated_at IS NULL AND id <> $1
                     AND NOT EXISTS (SELECT 1 FROM bans WHERE person_id = people.id AND (until IS NULL OR until > $2))";
        let others: i64 =
            sqlx::query_scalar(query).bind(person.0).bind(clock::now()).fetch_one(&mut *transaction).await?;
        if others == 0 {
            return Err(Code::LastWorkspaceOwner.into());
        }
    }
    let now = people::verbs::write_role(&mut transaction, person, role).await?;
    let details = format!("from {} to {}", theirs.role.as_str(), role.as_str());
    audit::note(&mut transaction, by, "person:role", &theirs.words(), &details).await?;
    transaction.publish(ServerEvent::PersonChanged(now));
    transaction.commit().await?;
    Ok(true)
}

/// Deactivates an account, which ends its sessions, or reactivates it; returns whether the state changed.
///
/// # Errors
/// [`Code::NotOverThem`], [`Code::UnknownPerson`]
pub async fn set_active(db: &Db, by: PersonId, person: PersonId, active: bool) -> Result<bool, Error> {
    let mut transaction = db.begin().await?;
    let theirs = over(&mut transaction, by, person).await?;
    if theirs.is_deactivated != active {
        transaction.commit().await?;
        return Ok(false);
    }
    sqlx::query("UPDATE people SET deactivated_at = $2 WHERE id = $1")
        .bind(person.0)
        .bind((!active).then(clock::now))
        .execute(&mut *transaction)
        .await?;
    if !active {
        end_sessions(&mut transaction, person).await?;
    }
    let details = if active { "switched on again" } else { "switched off" };
    audit::note(&mut transaction, by, "person:active", &theirs.words(), details).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Ends all sessions of a person, who may be the caller.
///
/// # Errors
/// [`Code::NotOverThem`], [`Code::UnknownPerson`]
pub async fn sign_out(db: &Db, by: PersonId, person: PersonId) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    let theirs =
        if by == person { subject(&mut transaction, by).await? } else { over(&mut transaction, by, person).await? };
    end_sessions(&mut transaction, person).await?;
    audit::note(&mut transaction, by, "person:signout", &theirs.words(), "signed out on all devices").await?;
    transaction.commit().await?;
    Ok(())
}

/// Ends all sessions of a person.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn end_sessions(transaction: &mut Transaction, person: PersonId) -> Result<(), Error> {
    sqlx::query("DELETE FROM sessions WHERE person_id = $1").bind(person.0).execute(&mut **transaction).await?;
    Ok(())
}
