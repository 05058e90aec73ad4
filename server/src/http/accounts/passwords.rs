//! Passwords: argon2id (RFC 9106) with the crate's recommended parameters. Hashing runs outside the threads
//! that serve requests. Two permits limit its memory during a burst of sign-ins.

use anyhow::Context;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::{Arc, LazyLock};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// The hash of an unguessable password. An unknown handle is checked against it, so that it takes as long as a
/// known handle.
static NOBODYS: LazyLock<Option<String>> = LazyLock::new(|| hash(&uuid::Uuid::new_v4().to_string()).ok());

#[derive(Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

impl Passwords {
    pub fn new() -> Self {
        // A background thread computes it, so that the first unknown handle takes no longer than the next.
        std::thread::spawn(|| LazyLock::force(&NOBODYS));
        Self { places: Arc::new(Semaphore::new(2)) }
    }

    /// The hash to store, in PHC string format.
    ///
    /// # Errors
    /// When the system's random number generator fails.
    pub async fn hash(&self, password: String) -> anyhow::Result<String> {
        let _place = self.places.acquire().await?;
        spawn_blocking(move || hash(&password)).await?
    }

    /// Whether the password matches the hash. Without a hash (an unknown handle) it takes the same time and
    /// returns false.
    ///
    /// # Errors
    /// When the stored hash is not in PHC string format.
    pub async fn matches(&self, password: String, stored: Option<String>) -> anyhow::Result<bool> {
        let _place = self.places.acquire().await?;
        let known = stored.is_some();
        let check = move || match stored.as_ref().or(NOBODYS.as_ref()) {
            Some(stored) => matches(&password, stored),
            None => anyhow::bail!("the system's random number generator failed"),
        };
        let matches = spawn_blocking(check).await??;
        Ok(matches && known)
    }
}

fn hash(password: &str) -> anyhow::Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash.map_err(|error| anyhow::anyhow!("cannot hash a password: {error}"))?.to_string())
}

fn matches(password: &str, stored: &str) -> anyhow::Result<bool> {
    let stored = PasswordHash::new(stored).ok().context("a stored password hash is not in PHC string format")?;
    Ok(Argon2::default().verify_password(password.as_bytes(), &stored).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let passwords = Passwords::new();
        let stored = passwords.hash("correct horse".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$"), "{stored}");
        assert!(passwords.matches("correct horse".into(), Some(stored.clone())).await.unwrap());
        assert!(!passwords.matches("battery staple".into(), Some(stored)).await.unwrap());
        assert!(!passwords.matches("anything".into(), None).await.unwrap());
    }
}
