//! Messages: posted, edited, deleted, and read page by page.

pub mod commands;
mod markup;
pub mod pages;
pub mod store;
pub mod touched;
mod versions;

pub use commands::{around, delete, edit, history, later, post, versions};
