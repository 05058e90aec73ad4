//! The forms of accounts, and their protection.

pub mod attempts;
pub mod forms;
pub mod passwords;
