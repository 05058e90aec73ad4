//! Accounts, as those who run the workspace see and change them.

pub mod tags;
pub mod verbs;
