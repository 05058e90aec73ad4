//! Everyone with an account, as those who run the workspace see them, and what they do with accounts.

mod commands;
pub mod store;

pub use commands::{list, set_active, set_role, sign_out};
pub use store::{Tags, tag, tags};
