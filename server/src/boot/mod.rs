//! Startup and shutdown: builds the server, starts it and stops it.

pub mod demo;
pub mod start;
pub mod tasks;
