//! Sessions: an opaque token in a cookie, its SHA-256 in the database.

use crate::{accounts, bans, clock, db::Db, error::Error};
use common::{Millis, PersonId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The lifetime of a session: 60 days.
pub const LASTS: Millis = 60 * 24 * 60 * 60 * 1000;

/// A person's session on a device.
#[derive(Clone, Debug)]
pub struct Session {
    pub person: PersonId,
    pub expires_at: Millis,
    token_hash: Vec<u8>,
}

impl Session {
    /// Reads a stored session.
    pub(super) fn stored(person: PersonId, expires_at: Millis, token_hash: Vec<u8>) -> Self {
        Self { person, expires_at, token_hash }
    }

    pub fn has_expired(&self) -> bool {
        self.expires_at <= clock::now()
    }

    /// Returns the key of the session's row.
    pub(crate) fn token_hash(&self) -> &[u8] {
        &self.token_hash
    }

    /// Returns a public key for this session: part of a hash of the token's hash.
    pub fn key(&self) -> String {
        hex(&Sha256::digest(&self.token_hash)[..16])
    }
}

/// Starts a session; returns the cookie's token, which is not stored. A concurrent ban either refuses it or
/// ends it.
///
/// # Errors
/// [`common::Code::Deactivated`], [`common::Code::Banned`]
pub async fn start(db: &Db, person: PersonId, user_agent: &str) -> Result<String, Error> {
    let token = random_token();
    let user_agent: String = user_agent.chars().take(300).collect();
    let now = clock::now();
    let mut transaction = db.begin().await?;
    accounts::require_active(&mut transaction, person).await?;
    bans::require_none(&mut transaction, person).await?;
    sqlx::query("DELETE FROM sessions WHERE person_id = $1 AND expires_at <= $2")
        .bind(person.0)
        .bind(now)
        .execute(&mut *transaction)
        .await?;
    sqlx::query(
        "INSERT INTO sessions (token_hash, person_id, user_agent, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(hashed(&token))
    .bind(person.0)
    .bind(user_agent)
    .bind(now)
    .bind(now + LASTS)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(token)
}

/// Returns a token of 256 random bits, in hexadecimal.
pub fn random_token() -> String {
    let mut random = [0u8; 32];
    rand::fill(&mut random);
    hex(&random)
}

/// Returns the session of a token; `None` for an unknown or expired token.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn find(db: &Db, token: &str) -> Result<Option<Session>, Error> {
    let token_hash = hashed(token);
    let found: Option<(Uuid, Millis)> =
        sqlx::query_as("SELECT person_id, expires_at FROM sessions WHERE token_hash = $1")
            .bind(&token_hash)
            .fetch_optional(&db.read)
            .await?;
    let session = found.map(|(person, expires_at)| Session { person: PersonId(person), expires_at, token_hash });
    Ok(session.filter(|session| !session.has_expired()))
}

/// Returns whether a known session is still open.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn is_open(db: &Db, session: &Session) -> Result<bool, Error> {
    let query = sqlx::query_scalar("SELECT person_id FROM sessions WHERE token_hash = $1").bind(&session.token_hash);
    let found: Option<Uuid> = query.fetch_optional(&db.read).await?;
    Ok(found.is_some() && !session.has_expired())
}

/// Ends a session.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn end(db: &Db, session: &Session) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
        .bind(&session.token_hash)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

pub fn hashed(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
