//! The back end of Hubbub: one process, one data folder.
//!
//! In rooms, each of which uses those below it only; the store is below all of them.
//!
//! - [`boot`]: puts the server together, starts it, ends it.
//! - [`namespaces`]: the Socket.IO namespaces: which checks, which commands. Lists, nothing else.
//! - [`http`]: routes, pages, forms, files.
//! - [`commands`]: a file of handlers per noun, and [`commands::dispatch`], which knows no sockets.
//! - [`jobs`]: what runs in the background.
//! - [`realtime`]: everything that knows sockets, and who is told what.
//! - [`operations`]: what the operator looks at.

// The interface's views are deeply nested types.
#![recursion_limit = "256"]

pub mod boot;
pub mod namespaces;

pub mod http;

pub mod commands;

pub mod jobs;

pub mod realtime;

pub mod operations;

pub mod config;

pub use config::Config;
