//! The `/admin` namespace, for the console of owners and admins.

mod commands;
mod context;

pub use context::{Context, prepare};

pub const PATH: &str = "/admin";
