//! Reactions: emoji that people put under a message.

pub mod commands;
pub mod store;

pub use commands::{add, remove};
