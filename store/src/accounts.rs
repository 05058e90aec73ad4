//! Accounts in the database: workspace set-up, sign-up, sign-in credentials.

use crate::{
    clock,
    columns::Column,
    db::{self, Db},
    error::Error,
    invites,
    rooms::{self, joining},
};
use common::{
    Code, PersonId, RoomId, ServerEvent,
    accounts::{SetUpForm, SignUpForm, checked_handle, checked_name},
    limits,
    people::{Person, Role},
};
use sqlx::SqliteConnection;
use uuid::Uuid;

/// Returns the workspace's name, or `None` before the set-up.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn workspace_name(db: &Db) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar("SELECT name FROM workspace").fetch_optional(&db.read).await?)
}

/// Returns the person with this handle and the hash of their password.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn credentials(db: &Db, handle: &str) -> Result<Option<(PersonId, String)>, Error> {
    let query = sqlx::query_as("SELECT id, password_hash FROM people WHERE handle = $1").bind(handle);
    let found: Option<(Uuid, String)> = query.fetch_optional(&db.read).await?;
    Ok(found.map(|(id, hash)| (PersonId(id), hash)))
}

/// # Errors
/// [`Code::Deactivated`]
pub async fn require_active(connection: &mut SqliteConnection, id: PersonId) -> Result<(), Error> {
    let query = sqlx::query_scalar("SELECT deactivated_at IS NOT NULL FROM people WHERE id = $1").bind(id.0);
    let is_deactivated: Option<bool> = query.fetch_optional(connection).await?;
    if is_deactivated == Some(true) { Err(Code::Deactivated.into()) } else { Ok(()) }
}

/// Names the workspace and creates its owner and its first room.
///
/// # Errors
/// [`Code::AlreadySetUp`], or the code of an invalid form field.
pub async fn set_up(db: &Db, form: &SetUpForm, password_hash: String) -> Result<(Person, RoomId), Error> {
    let name = checked_name(&form.workspace, limits::NAME_CHARS)?;
    let owner = new_person(&form.name, &form.handle, Role::Owner)?;
    let mut transaction = db.begin().await?;
    let inserted =
        sqlx::query("INSERT INTO workspace (only, name, created_at) VALUES (1, $1, $2) ON CONFLICT DO NOTHING")
            .bind(name)
            .bind(clock::now())
            .execute(&mut *transaction)
            .await?;
    if inserted.rows_affected() == 0 {
        return Err(Code::AlreadySetUp.into());
    }
    insert(&mut transaction, &owner, &password_hash).await?;
    let room = rooms::verbs::insert_first(&mut transaction, owner.id).await?;
    transaction.commit().await?;
    Ok((owner, room))
}

/// Creates an account and adds it to its first room. Members start in the workspace's first room. Invited
/// people start in the invitation's room, and guests see no other.
///
/// # Errors
/// [`Code::NotSetUp`], [`Code::HandleTaken`], [`Code::BadInvite`], or the code of an invalid form field.
pub async fn sign_up(db: &Db, form: &SignUpForm, password_hash: String) -> Result<(Person, Option<RoomId>), Error> {
    let mut person = new_person(&form.name, &form.handle, Role::Member)?;
    let mut transaction = db.begin().await?;
    let mut invited_to = None;
    if !form.invite.is_empty() {
        (person.role, invited_to) = invites::take(&mut transaction, &form.invite).await?;
    }
    let workspace: Option<i64> =
        sqlx::query_scalar("SELECT only FROM workspace").fetch_optional(&mut *transaction).await?;
    workspace.ok_or(Code::NotSetUp)?;
    insert(&mut transaction, &person, &password_hash).await?;
    transaction.publish(ServerEvent::PersonChanged(person.clone()));
    let first = match person.role {
        Role::Guest => None,
        Role::Owner | Role::Admin | Role::Member => rooms::verbs::join_first(&mut transaction, person.id).await?,
    };
    if let Some(room) = invited_to.filter(|room| Some(*room) != first) {
        joining::add(&mut transaction, person.id, room, person.id, clock::now()).await?;
    }
    transaction.commit().await?;
    Ok((person, invited_to.or(first)))
}

fn new_person(name: &str, handle: &str, role: Role) -> Result<Person, Error> {
    let id = PersonId::new();
    let name = checked_name(name, limits::NAME_CHARS)?;
    let handle = checked_handle(handle)?;
    let hue = handle.bytes().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte)) % limits::HUES;
    Ok(Person::new(id, handle, name, hue, role))
}

async fn insert(connection: &mut SqliteConnection, person: &Person, password_hash: &str) -> Result<(), Error> {
    let inserted = sqlx::query(
        "INSERT INTO people (id, handle, name, hue, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(person.id.0)
    .bind(&person.handle)
    .bind(&person.name)
    .bind(i64::from(person.hue))
    .bind(person.role.as_str())
    .bind(password_hash)
    .bind(clock::now())
    .execute(connection)
    .await;
    match inserted {
        Err(error) if db::is_taken(&error) => Err(Code::HandleTaken.into()),
        other => Ok(other.map(drop)?),
    }
}
