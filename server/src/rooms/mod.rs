//! Rooms: made, found, joined, left, changed; roles in them; invitations and direct conversations.

pub mod commands;
pub mod memberships;
mod settings;
pub mod standing;
mod stars;
pub mod store;

pub use commands::{
    catch_up, change, change_member, create, invite, join, leave, list, open, remove_member, star, start_direct,
};
