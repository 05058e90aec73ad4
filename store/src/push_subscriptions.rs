//! Web push subscriptions of people's devices.

use crate::{
    blocks::not_blocked, clock, columns::Column, db::Db, error::Error, notifications, sessions::verbs::Session,
};
use anyhow::Context;
use common::{
    PersonId,
    messages::Message,
    notifications::{Level, Quiet},
    rooms::RoomKind,
};
use url::Url;
use uuid::Uuid;
use web_push_native::{Auth, p256::PublicKey};

/// A device's push endpoint and its encryption keys.
#[derive(Clone)]
pub struct Subscription {
    pub endpoint: Url,
    pub public_key: PublicKey,
    pub auth: Auth,
}

/// A device, its owner, and the owner's notification settings.
pub struct Receiver {
    pub person: PersonId,
    /// The owner's level for the room.
    pub level: Option<Level>,
    pub quiet: Quiet,
    /// Whether the owner follows the message's thread.
    pub follows: bool,
    pub subscription: Subscription,
}

/// Stores the subscription of a session's device, and replaces an earlier one.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn keep(db: &Db, session: &Session, subscription: &Subscription) -> Result<(), Error> {
    let Subscription { endpoint, public_key, auth } = subscription;
    let mut transaction = db.begin().await?;
    // Another account may have used this browser before.
    sqlx::query("DELETE FROM push_subscriptions WHERE endpoint = $1 OR session = $2")
        .bind(endpoint.as_str())
        .bind(session.token_hash())
        .execute(&mut *transaction)
        .await?;
    sqlx::query(
        "INSERT INTO push_subscriptions (session, person_id, endpoint, public_key, auth, created_at)
         SELECT token_hash, person_id, $2, $3, $4, $5 FROM sessions WHERE token_hash = $1",
    )
    .bind(session.token_hash())
    .bind(endpoint.as_str())
    .bind(public_key.to_sec1_bytes().into_vec())
    .bind(auth.to_vec())
    .bind(clock::now())
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// Removes the subscription of a session's device.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn forget(db: &Db, session: &Session) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    sqlx::query("DELETE FROM push_subscriptions WHERE session = $1")
        .bind(session.token_hash())
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

/// Removes a subscription that the push service has ended.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn forget_dead(db: &Db, endpoint: &Url) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    sqlx::query("DELETE FROM push_subscriptions WHERE endpoint = $1")
        .bind(endpoint.as_str())
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

/// Returns whether any subscription exists.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn are_any(db: &Db) -> Result<bool, Error> {
    let query = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM push_subscriptions)");
    Ok(query.fetch_one(&db.read).await?)
}

/// Returns the devices of the room's members, without the author's and those of people who block the
/// author.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn receivers(db: &Db, message: &Message) -> Result<Vec<Receiver>, Error> {
    let query = sqlx::query_as(concat!(
        "SELECT s.person_id, m.level, p.quiet, f.person_id IS NOT NULL, s.endpoint, s.public_key, s.auth
         FROM push_subscriptions s
         JOIN sessions x ON x.token_hash = s.session AND x.expires_at > $3
         JOIN memberships m ON m.person_id = s.person_id AND m.room_id = $1
         JOIN people p ON p.id = s.person_id
         LEFT JOIN thread_followers f ON f.parent_id = $4 AND f.person_id = s.person_id
         WHERE s.person_id <> $2 AND ",
        not_blocked!("s.person_id", "$2")
    ));
    type Row = (Uuid, Option<String>, Option<String>, bool, String, Vec<u8>, Vec<u8>);
    let query = query.bind(message.room.0).bind(message.author.0).bind(clock::now());
    let rows: Vec<Row> = query.bind(message.parent.map(|id| id.0)).fetch_all(&db.read).await?;
    let receiver = |(person, level, quiet, follows, endpoint, public_key, auth): Row| -> Result<Receiver, Error> {
        let subscription = Subscription {
            endpoint: Url::parse(&endpoint).context("a push endpoint is not a URL")?,
            public_key: PublicKey::from_sec1_bytes(&public_key).context("cannot read a push key")?,
            auth: Auth::clone_from_slice(&auth),
        };
        let level = level.as_deref().map(Level::from_str).transpose()?;
        let quiet = notifications::quiet(quiet.as_deref())?;
        Ok(Receiver { person: PersonId(person), level, quiet, follows, subscription })
    };
    rows.into_iter().map(receiver).collect()
}

/// Returns a notification's context: the room's kind and name, and the author's name.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn about(db: &Db, message: &Message) -> Result<(RoomKind, String, String), Error> {
    let query = sqlx::query_as("SELECT r.kind, r.name, p.name FROM rooms r, people p WHERE r.id = $1 AND p.id = $2");
    let (kind, name, author): (String, String, String) =
        query.bind(message.room.0).bind(message.author.0).fetch_one(&db.read).await?;
    Ok((RoomKind::from_str(&kind)?, name, author))
}
