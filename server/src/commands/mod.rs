//! Commands: a file of handlers for each noun. A handler is thin: it calls one verb of the store and returns
//! the reply and the events to publish. [`dispatch`] finds the handler by the command's name.

pub mod context;
pub mod dispatch;
pub mod reply;
pub mod services;
pub mod snapshot;

pub mod audit;
pub mod bans;
pub mod blocks;
pub mod console;
pub mod delivery;
pub mod invites;
pub mod messages;
pub mod notifications;
pub mod pins;
pub mod presence;
pub mod previews;
pub mod profile;
pub mod programs;
pub mod push;
pub mod reactions;
pub mod reading;
pub mod refusals;
pub mod reports;
pub mod retention;
pub mod rooms;
pub mod roster;
pub mod saved;
pub mod search;
pub mod threads;
pub mod typing;
