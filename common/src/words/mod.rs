//! In words: what client and server say to each other, in sentences for people who do not program.
//!
//! A file for each feature: what its commands ask, what the server answers, what its events tell. Only the
//! panel "Under the hood", which is loaded later, reads them.

mod events;
mod registry;
mod sentence;

mod announcements;
mod audit;
mod bans;
mod blocks;
mod catch_up;
mod connections;
mod console;
mod delivery;
mod invites;
mod lobby;
mod messages;
mod notifications;
mod page;
mod people;
mod pins;
mod presence;
mod previews;
mod programs;
mod push;
mod reactions;
mod reading;
mod refusal_log;
mod reports;
mod retention;
mod rooms;
mod roster;
mod saved;
mod search;
mod threads;
mod typing;

pub use registry::{AnyCommand, COMMANDS, read_command};
pub use sentence::{InWords, Names, counted, quoted};
