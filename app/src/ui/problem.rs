//! A refusal below a form.

use super::reactive_view;
use leptos::prelude::*;

/// A sentence that says why something was not done.
#[component]
pub fn Problem(#[prop(into)] sentence: Signal<Option<String>>) -> impl IntoView {
    reactive_view(move || sentence.get().map(|sentence| view! { <p class="problem" role="alert">{sentence}</p> }))
}
