//! Programs: their tokens, which open `/bot` and no other door.

mod commands;
pub mod store;

pub use commands::{create, list, revoke, whoami};
pub use store::Known;
