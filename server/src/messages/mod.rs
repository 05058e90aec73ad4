//! Messages: posted, edited, deleted, and read page by page.

pub mod commands;
mod markup;
pub mod store;
mod versions;

pub use commands::{delete, edit, history, post, versions};
