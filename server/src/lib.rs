//! The back end of Hubbub: one process, one data folder.
//!
//! A request enters through [`routes`], a command through [`chat`]; both end in a feature's
//! `store` module, whose verbs own their transactions. What others must hear of it leaves
//! through [`broadcasts`], after the commit.

// The interface's views are deeply nested types.
#![recursion_limit = "256"]

pub mod broadcasts;
pub mod chat;
pub mod config;
pub mod routes;

pub mod accounts;
pub mod admin;
pub mod attention;
pub mod audit;
pub mod bans;
pub mod blocks;
pub mod bot;
pub mod connections;
pub mod console;
pub mod door_log;
pub mod emoji;
pub mod files;
pub mod invites;
pub mod lobby;
pub mod mentions;
pub mod messages;
pub mod metrics;
pub mod middleware;
pub mod namespaces;
pub mod notifications;
pub mod pins;
pub mod presence;
pub mod previews;
pub mod programs;
pub mod push;
pub mod reach;
pub mod reactions;
pub mod reading;
pub mod receipts;
pub mod reports;
pub mod retention;
pub mod rooms;
pub mod roster;
pub mod saved;
pub mod search;
pub mod threads;
pub mod transport;
pub mod typing;

pub mod assets;
pub mod clock;
pub mod db;
pub mod demo;
pub mod error;
pub mod fault;
pub mod log;
pub mod once;
pub mod origin;
pub mod outside;
pub mod pages;
pub mod serve;
pub mod state;
pub mod styles;

pub use config::Config;
pub use error::Error;
pub use state::AppState;
