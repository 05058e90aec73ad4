//! Reports: messages that members have shown to those who moderate, and what became of them.

mod commands;
mod store;

pub use commands::{decide, list, report};
pub use store::open;
