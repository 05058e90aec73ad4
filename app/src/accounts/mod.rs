//! Accounts: set up, sign up, sign in, profile. Plain forms, so they work without WASM.

#[cfg(not(feature = "hydrate"))]
mod entry;
#[cfg(not(feature = "hydrate"))]
pub use entry::EntryPage;

#[cfg(feature = "hydrate")]
mod entry_drawn;
#[cfg(feature = "hydrate")]
pub use entry_drawn::EntryPage;

mod profile;
pub use profile::ProfilePage;

use crate::platform;
use common::Code;
use leptos::prelude::*;

/// Why the last attempt was refused, as the redirect back to the form says it.
fn refused() -> Option<String> {
    platform::query("refused").and_then(|name| Code::from_name(&name)).map(Code::sentence)
}

/// A labelled input with a hint below it.
#[component]
fn Field(
    label: &'static str,
    name: &'static str,
    #[prop(optional)] kind: Option<&'static str>,
    autocomplete: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    view! {
        <div class="field">
            <label class="field-label" for=name>{label}</label>
            <input id=name name=name r#type=kind.unwrap_or("text") value=value autocomplete=autocomplete
                autofocus=autofocus aria-describedby=described required=true
                autocapitalize=if name == "handle" { "none" } else { "words" } spellcheck="false"/>
            {(!hint.is_empty()).then(|| view! { <span class="field-hint" id=hint_id>{hint}</span> })}
        </div>
    }
}
