//! Sessions: an opaque token in a cookie, its SHA-256 in the database.

use super::store;
use crate::{bans, clock, config::Config, db::Db, error::Error};
use axum::http::{HeaderMap, header};
use axum_extra::extract::cookie::{Cookie, SameSite};
use common::{Millis, PersonId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How long a session lasts: 60 days.
const LASTS: Millis = 60 * 24 * 60 * 60 * 1000;

/// Somebody who is signed in, on one device.
#[derive(Clone, Debug)]
pub struct Session {
    pub person: PersonId,
    pub expires_at: Millis,
    token_hash: Vec<u8>,
}

impl Session {
    /// As it is stored.
    pub(super) fn stored(person: PersonId, expires_at: Millis, token_hash: Vec<u8>) -> Self {
        Self { person, expires_at, token_hash }
    }

    pub fn has_expired(&self) -> bool {
        self.expires_at <= clock::now()
    }

    /// What it is stored under.
    pub(crate) fn token_hash(&self) -> &[u8] {
        &self.token_hash
    }

    /// A key for this session that gives nothing away: not the token's hash, but a part of its hash.
    pub fn key(&self) -> String {
        hex(&Sha256::digest(&self.token_hash)[..16])
    }
}

/// Starts a session; returns the token for the cookie, which is stored nowhere. Whoever is sent away in the same
/// moment has none: either this is refused, or it is ended with the others.
///
/// # Errors
/// [`common::Code::Deactivated`], [`common::Code::Banned`]
pub async fn start(db: &Db, person: PersonId, user_agent: &str) -> Result<String, Error> {
    let token = random_token();
    let user_agent: String = user_agent.chars().take(300).collect();
    let now = clock::now();
    let mut transaction = db.begin().await?;
    store::require_active(&mut transaction, person).await?;
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

/// A token that nobody can guess: 256 random bits, in hexadecimal.
pub fn random_token() -> String {
    let mut random = [0u8; 32];
    rand::fill(&mut random);
    hex(&random)
}

/// The session of a token; `None` when there is none or it has expired.
///
/// # Errors
/// When the database does not answer.
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

/// Whether a session that was found before has not ended meanwhile.
///
/// # Errors
/// When the database does not answer.
pub async fn is_open(db: &Db, session: &Session) -> Result<bool, Error> {
    let query = sqlx::query_scalar("SELECT person_id FROM sessions WHERE token_hash = $1").bind(&session.token_hash);
    let found: Option<Uuid> = query.fetch_optional(&db.read).await?;
    Ok(found.is_some() && !session.has_expired())
}

/// Ends a session.
///
/// # Errors
/// When the database does not answer.
pub async fn end(db: &Db, session: &Session) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
        .bind(&session.token_hash)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

/// The session of a request: by the token that a program sends (RFC 6750 section 2.1), or by the
/// browser's cookie.
///
/// # Errors
/// When the database does not answer.
pub async fn of_request(db: &Db, headers: &HeaderMap, config: &Config) -> Result<Option<Session>, Error> {
    match token_in_header(headers).or_else(|| token_in_cookie(headers, config)) {
        Some(token) => find(db, &token).await,
        None => Ok(None),
    }
}

fn token_in_header(headers: &HeaderMap) -> Option<String> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// The token in the request's cookie.
pub fn token_in_cookie(headers: &HeaderMap, config: &Config) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == cookie_name(config))
        .map(|cookie| cookie.value().to_owned())
}

/// The cookie that carries a token. `__Host-` (RFC 6265bis section 4.1.3.2) binds it to this host
/// over HTTPS; plain HTTP cannot have that.
pub fn cookie(token: String, config: &Config) -> Cookie<'static> {
    Cookie::build((cookie_name(config), token))
        .path("/")
        .http_only(true)
        .secure(config.is_https())
        .same_site(SameSite::Lax)
        .max_age(time::Duration::milliseconds(LASTS))
        .build()
}

/// The cookie that takes the token away again.
pub fn no_cookie(config: &Config) -> Cookie<'static> {
    let mut cookie = cookie(String::new(), config);
    cookie.make_removal();
    cookie
}

fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-hubbub" } else { "hubbub" }
}

pub fn hashed(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
