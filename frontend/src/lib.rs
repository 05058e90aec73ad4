//! The WASM entry: takes over the server's HTML (`hydrate`), or runs alone in a static page (`csr`).

// The interface's views are deeply nested types.
#![recursion_limit = "256"]

/// Brings the page that the server drew to life.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}

/// Asks the server who is there, then draws the page.
#[cfg(feature = "csr")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    use leptos::prelude::*;
    console_error_panic_hook::set_once();
    // Leptos has no executor before something is mounted.
    wasm_bindgen_futures::spawn_local(async {
        let path = window().location().pathname().unwrap_or_default();
        match app::platform::page_from(&path).await {
            Ok(page) => mount_to_body(move || {
                provide_context(page.clone());
                view! { <app::App/> }
            }),
            Err(sentence) => {
                mount_to_body(move || view! { <main class="card-page"><p class="card">{sentence.clone()}</p></main> })
            }
        }
    });
}
