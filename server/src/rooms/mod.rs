//! Rooms: made, found, joined, left; invitations and direct conversations.

pub mod commands;
pub mod memberships;
pub mod store;

pub use commands::{catch_up, create, invite, join, leave, list, open, start_direct};
