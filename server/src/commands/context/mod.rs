//! Contexts of handlers, one for each kind of caller.

pub mod admin;
pub mod member;
pub mod program;
