//! Pages: what a browser gets before, or without, WASM.

pub mod render;
pub mod snapshot;
