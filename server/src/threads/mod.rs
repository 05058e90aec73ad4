//! Threads: replies to a message, who follows them, and how far they have read.

pub mod commands;
pub mod followers;
pub mod store;

pub use commands::{follow, history, list, mark_read, open};
