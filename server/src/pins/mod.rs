//! Pins: messages that a room keeps at hand.

pub mod commands;
pub mod store;

pub use commands::{add, list, remove};
