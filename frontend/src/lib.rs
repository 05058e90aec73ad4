//! The WASM entry: takes over the server's HTML (`hydrate`), or runs alone in a static page (`csr`).

// The interface's views are deeply nested types.
#![recursion_limit = "256"]

use app::{App, platform};
use leptos::prelude::*;

/// Brings the page that the server drew to life.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    // Leptos has no executor before something is mounted.
    wasm_bindgen_futures::spawn_local(async {
        let Some(page) = platform::page_of_document() else { return };
        // Where the part cannot be loaded, the server's page stays: it can be read and its links work.
        if !app::lazy::is_shown_on(&page) || app::lazy::parts::load().await {
            leptos::mount::hydrate_body(|| view! { <App page/> });
        }
    });
}

/// Asks the server who is there, then draws the page.
#[cfg(feature = "csr")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        let path = window().location().pathname().unwrap_or_default();
        match platform::page_from(&path).await {
            Ok(page) => mount_to_body(|| view! { <App page/> }),
            Err(sentence) => mount_to_body(|| view! { <main class="card-page"><p class="card">{sentence}</p></main> }),
        }
    });
}
