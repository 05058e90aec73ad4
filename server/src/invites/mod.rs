//! Invitations: links by which people make an account, also where sign-up is closed to others.

mod commands;
pub mod store;

pub use commands::{create, list, revoke};
