//! Messages: posted, and read page by page.

pub mod commands;
pub mod store;

pub use commands::{history, post};
