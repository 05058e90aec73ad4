//! Background jobs.

pub mod console;
pub mod egress;
pub mod expiry;
pub mod previews;
pub mod push;
pub mod retention;
pub mod sweep;
