//! Sessions: an opaque token, whose SHA-256 is in the database.

pub mod expired;
pub mod lookup;
pub mod verbs;
