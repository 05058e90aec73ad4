//! The `/chat` namespace, for members.

pub mod commands;
mod context;

pub use crate::namespaces::Reply;
pub use context::{Context, prepare};

pub use crate::broadcasts::CHAT as PATH;
