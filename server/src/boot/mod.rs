//! Putting the server together, starting it, and ending it.

pub mod demo;
pub mod start;
pub mod tasks;
