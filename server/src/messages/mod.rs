//! Messages: posted, edited, deleted, and read page by page.

pub mod commands;
pub mod store;

pub use commands::{delete, edit, history, post};
