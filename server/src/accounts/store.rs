//! People in the database: the owner's set-up, sign-up, and who they are.

use crate::{clock, db, db::Db, error::Error, invites, notifications, rooms};
use common::{
    Code, Millis, PersonId, RoomId, ServerEvent,
    accounts::{SetUpForm, SignUpForm, checked_handle, checked_name},
    limits,
    people::{Person, Role, Status, checked_status_text, checked_zone},
};
use sqlx::{Sqlite, SqliteConnection, query::QueryAs, sqlite::SqliteArguments};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    handle: String,
    name: String,
    hue: i64,
    role: String,
    status_emoji: String,
    status_text: String,
    status_until: Option<Millis>,
    zone: String,
    hides_reading: bool,
}

/// What a [`Row`] is read from.
macro_rules! columns {
    () => {
        "id, handle, name, hue, role, status_emoji, status_text, status_until, zone, hides_reading"
    };
}
pub(super) use columns;

impl From<Row> for Person {
    fn from(row: Row) -> Self {
        let status = Status { emoji: row.status_emoji, text: row.status_text, until: row.status_until };
        Person {
            status: Some(status).filter(|status| says_something(status) && !has_ended(status)),
            zone: row.zone,
            hides_reading: row.hides_reading,
            id: PersonId(row.id),
            handle: row.handle,
            name: row.name,
            hue: u8::try_from(row.hue).unwrap_or(0) % limits::HUES,
            role: role_named(&row.role),
        }
    }
}

/// The role that a stored name stands for. Whoever has one that is not known may do the least.
pub fn role_named(name: &str) -> Role {
    match name {
        "owner" => Role::Owner,
        "admin" => Role::Admin,
        "member" => Role::Member,
        _ => Role::Guest,
    }
}

/// The name under which a role is stored.
pub fn stored_role(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Admin => "admin",
        Role::Member => "member",
        Role::Guest => "guest",
    }
}

/// Gives somebody another role.
///
/// # Errors
/// [`Code::UnknownPerson`]
pub async fn write_role(connection: &mut SqliteConnection, id: PersonId, role: Role) -> Result<Person, Error> {
    let query = sqlx::query_as(concat!("UPDATE people SET role = $2 WHERE id = $1 RETURNING ", columns!()));
    let row: Option<Row> = query.bind(id.0).bind(stored_role(role)).fetch_optional(connection).await?;
    Ok(row.ok_or(Code::UnknownPerson)?.into())
}

/// What role somebody has.
///
/// # Errors
/// [`Code::UnknownPerson`]
pub async fn role(connection: &mut SqliteConnection, id: PersonId) -> Result<Role, Error> {
    let query = sqlx::query_scalar("SELECT role FROM people WHERE id = $1").bind(id.0);
    let role: Option<String> = query.fetch_optional(connection).await?;
    Ok(role_named(&role.ok_or(Code::UnknownPerson)?))
}

fn says_something(status: &Status) -> bool {
    !status.emoji.is_empty() || !status.text.is_empty()
}

fn has_ended(status: &Status) -> bool {
    status.until.is_some_and(|until| until <= clock::now())
}

/// The workspace's name, once it is set up.
///
/// # Errors
/// When the database does not answer.
pub async fn workspace_name(db: &Db) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar("SELECT name FROM workspace").fetch_optional(&db.read).await?)
}

/// One person.
///
/// # Errors
/// [`Code::UnknownPerson`]
pub async fn person(db: &Db, id: PersonId) -> Result<Person, Error> {
    let query = sqlx::query_as(concat!("SELECT ", columns!(), " FROM people WHERE id = $1")).bind(id.0);
    let row: Option<Row> = query.fetch_optional(&db.read).await?;
    Ok(row.ok_or(Code::UnknownPerson)?.into())
}

/// Who has this handle, with the hash of their password.
///
/// # Errors
/// When the database does not answer.
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

/// Names the workspace and makes its owner and its first room.
///
/// # Errors
/// [`Code::AlreadySetUp`], or what is wrong with the form.
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
    let room = rooms::store::insert_first(&mut transaction, owner.id).await?;
    transaction.commit().await?;
    Ok((owner, room))
}

/// A new account, and the room that it is in from the start: the workspace's first one, or that of the
/// invitation. Guests are in no other.
///
/// # Errors
/// [`Code::NotSetUp`], [`Code::HandleTaken`], [`Code::BadInvite`], or what is wrong with the form.
pub async fn sign_up(db: &Db, form: &SignUpForm, password_hash: String) -> Result<(Person, Option<RoomId>), Error> {
    let mut person = new_person(&form.name, &form.handle, Role::Member)?;
    let mut transaction = db.begin().await?;
    let mut invited_to = None;
    if !form.invite.is_empty() {
        (person.role, invited_to) = invites::store::take(&mut transaction, &form.invite).await?;
    }
    let workspace: Option<i64> =
        sqlx::query_scalar("SELECT only FROM workspace").fetch_optional(&mut *transaction).await?;
    workspace.ok_or(Code::NotSetUp)?;
    insert(&mut transaction, &person, &password_hash).await?;
    transaction.announce(ServerEvent::PersonChanged(person.clone()));
    let first = match person.role {
        Role::Guest => None,
        Role::Owner | Role::Admin | Role::Member => rooms::store::join_first(&mut transaction, person.id).await?,
    };
    if let Some(room) = invited_to.filter(|room| Some(*room) != first) {
        rooms::memberships::add(&mut transaction, person.id, room, person.id, clock::now()).await?;
    }
    transaction.commit().await?;
    Ok((person, invited_to.or(first)))
}

/// Changes a person's name and colour.
///
/// # Errors
/// [`Code::BadName`], [`Code::UnknownPerson`]
pub async fn update(db: &Db, id: PersonId, name: &str, hue: u8) -> Result<Person, Error> {
    let name = checked_name(name, limits::NAME_CHARS)?;
    let query = sqlx::query_as(concat!("UPDATE people SET name = $2, hue = $3 WHERE id = $1 RETURNING ", columns!()));
    changed(db, query.bind(id.0).bind(name).bind(i64::from(hue % limits::HUES))).await
}

/// What somebody is up to; a status that says nothing is none.
///
/// # Errors
/// [`Code::BadStatus`], also when it has ended already, [`Code::UnknownPerson`]
pub async fn set_status(db: &Db, id: PersonId, status: Status) -> Result<Person, Error> {
    let text = checked_status_text(&status.text)?;
    let emoji = checked_emoji(&status.emoji)?;
    if has_ended(&status) {
        return Err(Code::BadStatus.into());
    }
    let until = status.until.filter(|_| !emoji.is_empty() || !text.is_empty());
    let query = sqlx::query_as(concat!(
        "UPDATE people SET status_emoji = $2, status_text = $3, status_until = $4 WHERE id = $1 RETURNING ",
        columns!()
    ));
    changed(db, query.bind(id.0).bind(emoji).bind(text).bind(until)).await
}

/// One emoji, also by its name such as `:palm_tree:`, or none.
fn checked_emoji(emoji: &str) -> Result<&'static str, Code> {
    let emoji = emoji.trim();
    if emoji.is_empty() {
        return Ok("");
    }
    let name = emoji.strip_prefix(':').and_then(|rest| rest.strip_suffix(':'));
    let found = emojis::get(emoji).or_else(|| emojis::get_by_shortcode(name?));
    found.map(emojis::Emoji::as_str).ok_or(Code::BadStatus)
}

/// The time zone that somebody is in; an empty name for none.
///
/// # Errors
/// [`Code::Malformed`] when there is no such zone, [`Code::UnknownPerson`]
pub async fn set_zone(db: &Db, id: PersonId, zone: &str) -> Result<Person, Error> {
    let before = person(db, id).await?;
    if before.zone == checked_zone(zone)? {
        return Ok(before);
    }
    if !zone.is_empty() {
        notifications::minute_in(zone, clock::now()).ok_or(Code::Malformed)?;
    }
    let query = sqlx::query_as(concat!("UPDATE people SET zone = $2 WHERE id = $1 RETURNING ", columns!()));
    changed(db, query.bind(id.0).bind(zone.to_owned())).await
}

/// Whether somebody hides how far they have read.
///
/// # Errors
/// [`Code::UnknownPerson`]
pub async fn hide_reading(db: &Db, id: PersonId, hidden: bool) -> Result<Person, Error> {
    let query = sqlx::query_as(concat!("UPDATE people SET hides_reading = $2 WHERE id = $1 RETURNING ", columns!()));
    changed(db, query.bind(id.0).bind(hidden)).await
}

/// Makes a change of a person and announces it.
async fn changed(db: &Db, query: QueryAs<'_, Sqlite, Row, SqliteArguments>) -> Result<Person, Error> {
    let mut transaction = db.begin().await?;
    let row: Option<Row> = query.fetch_optional(&mut *transaction).await?;
    let person = Person::from(row.ok_or(Code::UnknownPerson)?);
    transaction.announce(ServerEvent::PersonChanged(person.clone()));
    transaction.commit().await?;
    Ok(person)
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
    .bind(stored_role(person.role))
    .bind(password_hash)
    .bind(clock::now())
    .execute(connection)
    .await;
    match inserted {
        Err(error) if db::is_taken(&error) => Err(Code::HandleTaken.into()),
        other => Ok(other.map(drop)?),
    }
}
