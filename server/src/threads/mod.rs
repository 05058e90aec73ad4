//! Threads: replies to a message, who follows them, and how far they have read.

pub mod commands;
mod explain;
pub mod followers;
pub mod store;

pub use commands::{follow, history, list, mark_read, mark_unread, open};
pub use explain::explain;
