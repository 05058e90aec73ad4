//! Saved messages: what a person keeps for later, the same on all of their devices.

pub mod commands;
pub mod store;

pub use commands::{add, list, remove};
