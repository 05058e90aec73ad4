//! The console: how the server is doing, told once a second to those who look, and what they can do about it.
//! While nobody looks, nothing is gathered.

mod commands;
mod machine;
mod rooms;
mod ticks;

pub use commands::{announce, close, connections, overview, rooms};
pub use ticks::Console;
