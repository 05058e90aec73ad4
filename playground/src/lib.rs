//! The playground of `/how-it-works`: three browsers on one page, each really connected to the lobby, and
//! what travels on their lines.
//!
//! A client of its own, beside the chat's: see docs/architecture.md for why.

// Views are deeply nested types.
#![recursion_limit = "256"]

pub mod browser;
pub mod lessons;
pub mod story;

#[cfg(target_arch = "wasm32")]
mod connection;
#[cfg(target_arch = "wasm32")]
mod table;
#[cfg(target_arch = "wasm32")]
mod travel;
#[cfg(target_arch = "wasm32")]
mod views;

/// Puts the playground in the place of the drawing.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    if let Some(place) = leptos::prelude::document().get_element_by_id("playground") {
        place.set_inner_html("");
        leptos::mount::mount_to_renderer(&place, views::playground).forget();
    }
}
