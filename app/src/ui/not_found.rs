//! The page of an address that is no page's.

use leptos::prelude::*;

#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <main class="card-page">
            <div class="card">
                <h1>"Page not found"</h1>
                <p>"The address may be mistyped, or the page may have moved."</p>
                <p><a class="button" href="/" rel="external">"Go to the chat"</a></p>
            </div>
        </main>
    }
}
