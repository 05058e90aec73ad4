//! People: their profiles and settings.

pub mod rows;
pub mod verbs;
