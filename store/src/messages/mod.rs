//! Messages: post, edit, delete, and read by page.

pub mod annotations;
mod markup;
pub mod pages;
pub mod queries;
pub mod rows;
pub mod verbs;
pub mod versions;
