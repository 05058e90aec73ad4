//! Threads: replies to a message, who follows them, and how far they have read.

pub mod explain;
pub mod followers;
pub mod verbs;
