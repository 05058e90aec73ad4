//! Durable state: the database, the rooms' logs, search, and file content.
//!
//! This layer knows the protocol types (`common`), but neither HTTP nor sockets. A verb owns its
//! transaction. The events of a change wait in it for the commit ([`db`]).

pub mod clock;
pub mod columns;
pub mod db;
pub mod error;
pub mod failpoints;

pub mod audit;
pub mod catch_up;
pub mod idempotency;
pub mod log;

pub mod accounts;
pub mod badges;
pub mod bans;
pub mod blobs;
pub mod blocks;
pub mod emoji;
pub mod files;
pub mod invites;
pub mod mentions;
pub mod messages;
pub mod notifications;
pub mod people;
pub mod pins;
pub mod previews;
pub mod programs;
pub mod push_subscriptions;
pub mod reactions;
pub mod read_receipts;
pub mod reading;
pub mod reports;
pub mod retention;
pub mod rooms;
pub mod roster;
pub mod saved;
pub mod search;
pub mod sessions;
pub mod threads;
pub mod time_zones;
pub mod visibility;

pub use error::Error;
