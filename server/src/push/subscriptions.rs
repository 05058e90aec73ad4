//! Where people's devices wait for what is pushed.

use crate::{accounts::Session, blocks::not_blocked, clock, db::Db, error::Error, notifications};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use common::{
    Code, PersonId, limits,
    messages::Message,
    notifications::{Level, Quiet},
    push::SubscribePush,
};
use http_acl_reqwest::HttpAcl;
use std::{net::IpAddr, sync::LazyLock};
use url::{Host, Url};
use uuid::Uuid;
use web_push_native::{Auth, p256::PublicKey};

/// Where a device waits, and the keys with which it reads.
#[derive(Clone)]
pub struct Subscription {
    pub endpoint: Url,
    pub public_key: PublicKey,
    pub auth: Auth,
}

/// A device, whose it is, and what they want to be told.
pub struct Receiver {
    pub person: PersonId,
    /// What they have chosen for the room.
    pub level: Option<Level>,
    pub quiet: Quiet,
    /// Whether they follow the thread that the message is in.
    pub follows: bool,
    pub subscription: Subscription,
}

/// Keeps the subscription of a session's device, in the place of an earlier one.
///
/// # Errors
/// [`Code::BadEndpoint`]
pub async fn keep(db: &Db, session: &Session, wanted: &SubscribePush, loopback: bool) -> Result<(), Error> {
    let Subscription { endpoint, public_key, auth } = checked(wanted, loopback)?;
    let mut transaction = db.begin().await?;
    // A browser that somebody else has used before.
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

fn checked(wanted: &SubscribePush, loopback: bool) -> Result<Subscription, Code> {
    let bytes = |text: &str| BASE64.decode(text.trim_end_matches('=')).ok();
    let endpoint = Url::parse(&wanted.endpoint).ok().filter(|url| is_welcome(url, loopback));
    let public_key = bytes(&wanted.p256dh).and_then(|bytes| PublicKey::from_sec1_bytes(&bytes).ok());
    let auth = bytes(&wanted.auth).filter(|bytes| bytes.len() == Auth::default().len());
    match (endpoint, public_key, auth) {
        (Some(endpoint), Some(public_key), Some(auth)) => {
            Ok(Subscription { endpoint, public_key, auth: Auth::clone_from_slice(&auth) })
        }
        _ => Err(Code::BadEndpoint),
    }
}

/// Whether this can be a push service in the open. What its name leads to is looked at when something
/// is sent.
fn is_welcome(endpoint: &Url, loopback: bool) -> bool {
    let is_plain = endpoint.username().is_empty() && endpoint.password().is_none();
    let is_open = match endpoint.host() {
        Some(Host::Domain(name)) => name != "localhost" && !name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => is_global(address.into()),
        Some(Host::Ipv6(address)) => is_global(address.into()),
        None => false,
    };
    let is_secure = endpoint.scheme() == "https" && is_open;
    let is_test = loopback && endpoint.scheme() == "http" && endpoint.host_str() == Some("127.0.0.1");
    endpoint.as_str().len() <= limits::ENDPOINT_CHARS && is_plain && (is_secure || is_test)
}

fn is_global(address: IpAddr) -> bool {
    static ACL: LazyLock<HttpAcl> = LazyLock::new(|| HttpAcl::builder().ip_acl_default(true).build());
    ACL.is_ip_allowed(&address).is_allowed()
}

/// Forgets the subscription of a session's device.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(db: &Db, session: &Session) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    sqlx::query("DELETE FROM push_subscriptions WHERE session = $1")
        .bind(session.token_hash())
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

/// Forgets a subscription of which the push service says that it has ended.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_dead(db: &Db, endpoint: &Url) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    sqlx::query("DELETE FROM push_subscriptions WHERE endpoint = $1")
        .bind(endpoint.as_str())
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

/// Whether anybody has subscribed.
///
/// # Errors
/// When the database does not answer.
pub async fn are_any(db: &Db) -> Result<bool, Error> {
    let query = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM push_subscriptions)");
    Ok(query.fetch_one(&db.read).await?)
}

/// The devices of the members of a message's room, but for its author's, and those of people who have
/// blocked its author.
///
/// # Errors
/// When the database does not answer.
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
    let receiver = |(person, level, quiet, follows, endpoint, public_key, auth): Row| {
        let subscription = Subscription {
            endpoint: Url::parse(&endpoint).ok()?,
            public_key: PublicKey::from_sec1_bytes(&public_key).ok()?,
            auth: Auth::clone_from_slice(&auth),
        };
        let level = level.as_deref().and_then(notifications::level_named);
        let quiet = notifications::quiet(quiet.as_deref());
        Some(Receiver { person: PersonId(person), level, quiet, follows, subscription })
    };
    Ok(rows.into_iter().filter_map(receiver).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_push_services_in_the_open_are_welcome() {
        let is_welcome = |url: &str, loopback| super::is_welcome(&Url::parse(url).unwrap(), loopback);
        assert!(is_welcome("https://push.example.net/send/x", false));
        assert!(is_welcome("https://9.9.9.9:8443/x", false));
        for inside in [
            "http://push.example.net/x",
            "https://localhost/x",
            "https://127.0.0.1/x",
            "https://2130706433/x",
            "https://10.0.0.8/x",
            "https://169.254.169.254/latest",
            "https://[::1]/x",
            "https://[::ffff:10.0.0.8]/x",
            "https://[fd00::1]/x",
            "https://ada:secret@push.example.net/x",
            "ftp://push.example.net/x",
            "data:text/plain,x",
            "http://127.0.0.1:9/x",
        ] {
            assert!(!is_welcome(inside, false), "{inside}");
        }
        assert!(is_welcome("http://127.0.0.1:9/x", true) && !is_welcome("http://10.0.0.8/x", true));
        assert!(!is_welcome(&format!("https://push.example.net/{}", "x".repeat(limits::ENDPOINT_CHARS)), false));
    }
}
