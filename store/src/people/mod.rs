//! People: who they are, and what they show of themselves.

pub mod rows;
pub mod verbs;
