//! Rooms: made, found, joined, left; invitations and direct conversations.

pub mod announce;
pub mod commands;
pub mod memberships;
pub mod store;

pub use commands::{create, invite, join, leave, list, open, start_direct};
