//! The forms of accounts, and what protects them.

pub mod attempts;
pub mod forms;
pub mod passwords;
