//! The back end of Hubbub: one process, one data folder.
//!
//! The server has layers. Each layer uses only the layers below it. The store is below all of them.
//!
//! - [`boot`]: builds the server, starts it, stops it.
//! - [`namespaces`]: the Socket.IO namespaces, as lists of checks and commands.
//! - [`http`]: routes, pages, forms, files.
//! - [`commands`]: a file of handlers for each noun, and [`commands::dispatch`], which knows no sockets.
//! - [`jobs`]: background jobs.
//! - [`realtime`]: everything that knows sockets, and the audiences of events.
//! - [`operations`]: data for the operator.

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
