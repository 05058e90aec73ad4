//! Rooms: memberships, roles, settings, invitations and direct conversations.

pub mod access;
pub mod activity;
pub mod joining;
pub mod memberships;
pub mod settings;
pub mod stars;
pub mod verbs;
