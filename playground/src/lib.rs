//! The playground of `/how-it-works`: three browsers on one page, each really connected to the lobby, and
//! what travels on their lines.
//!
//! [`browser`], [`story`] and [`lessons`] are plain data and sentences, tested natively. `table` is what the
//! three browsers can do, `connection` their connections, `travel` the animation. Messages are sent at once;
//! only the animation takes a moment.
//!
//! It is a WASM file of its own, not a chunk of the chat. The main file imports everything that a chunk asks of
//! the browser, and code that two chunks share moves into it or into a third file: every first visit of a member
//! would pay for a page that members never see. `bin/site` compiles both from the same libraries, once. The
//! stylesheet is separate, too.

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
