//! The roster: accounts in the admin console.

pub mod tags;
pub mod verbs;
