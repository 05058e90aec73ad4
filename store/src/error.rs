//! Two kinds of error: refusals are for people, internal failures are for the log only.

use crate::{clock, db};
use common::{Code, Refusal};
use std::{
    fmt::Display,
    io,
    sync::atomic::{AtomicI64, Ordering},
};

#[derive(Debug)]
pub enum Error {
    /// A typed refusal.
    Refused(Refusal),
    /// An internal failure; people see only the incident's id.
    Broken(anyhow::Error),
}

impl Error {
    /// Returns the refusal to send. Logs an internal failure under the incident's id.
    pub fn into_refusal(self) -> Refusal {
        match self {
            Error::Refused(refusal) => refusal,
            Error::Broken(error) => {
                let incident = uuid::Uuid::new_v4().simple().to_string()[..8].to_owned();
                tracing::error!(%incident, error = format!("{error:#}"), "something broke");
                Refusal::internal(incident)
            }
        }
    }
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Error::Refused(code.into())
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Error::Broken(error)
    }
}

/// Warns the operator about a full disk, with a rate limit.
fn disk_is_full(error: &dyn Display) {
    const EVERY: i64 = 10_000;
    static TOLD_AT: AtomicI64 = AtomicI64::new(0);
    let now = clock::now();
    if now - TOLD_AT.load(Ordering::Relaxed) > EVERY {
        TOLD_AT.store(now, Ordering::Relaxed);
        tracing::error!(%error, "the disk is full: nothing new can be stored until there is room");
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Error::of_database(&error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        if Error::is_full_disk(&error) {
            disk_is_full(&error);
            return Code::StorageFull.into();
        }
        Error::Broken(anyhow::Error::new(error).context("the disk did not do what it should"))
    }
}

impl Error {
    /// Returns whether the disk is full.
    pub fn is_full_disk(error: &io::Error) -> bool {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
    }

    /// A full disk is a refusal, not an incident: people see the reason, and reads still work.
    pub fn of_database(error: &sqlx::Error) -> Self {
        if db::is_full(error) {
            disk_is_full(error);
            return Code::StorageFull.into();
        }
        Error::Broken(anyhow::anyhow!("{error}").context("the database did not answer as it should"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_full_disk_gives_its_own_refusal() {
        let mut full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let error = full.write_all(b"x").unwrap_err();
        assert_eq!(Error::from(error).into_refusal().code, Code::StorageFull);
    }
}
