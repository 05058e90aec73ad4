//! The interface: Leptos components over one store of plain data.
//!
//! The same components draw the server's HTML (feature `ssr`), take that HTML over in WASM
//! (`hydrate`), and run alone in a static page (`csr`). What differs is behind [`platform`].
//!
//! No other `cfg` is in this crate, apart from the visitors' pages, which have no script, and the parts that
//! are loaded lazily. A page starts from one [`common::page::Page`]: there are no server functions and no
//! resources, so data has one way in.

// Views are deeply nested types.
#![recursion_limit = "256"]

pub mod address;
pub mod client;
mod elements;
mod failure;
pub mod lazy;
mod page;
mod root;
mod shell;
pub mod title;

mod accounts;
mod console;
mod emoji;
mod files;
#[cfg(not(feature = "hydrate"))]
mod how_it_works;
mod inspector;
mod messages;
mod notifications;
mod people;
mod pins;
mod previews;
mod reactions;
mod rooms;
mod saved;
mod search;
mod threads;

pub mod platform;
pub mod state;
mod ui;

#[cfg(not(feature = "hydrate"))]
pub use how_it_works::how_it_works;
pub use root::App;
pub use shell::{Links, shell};
