//! Accounts: set up, sign up, sign in, profile. Plain forms, so they work without WASM.

mod profile;
mod set_up;
mod sign_in;
mod sign_up;

pub use profile::ProfilePage;
pub use set_up::SetUpPage;
pub use sign_in::SignInPage;
pub use sign_up::SignUpPage;

use crate::widgets::Problem;
use common::{Code, page::Workspace};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page around a form of a visitor.
#[component]
fn EntryPage(title: &'static str, children: Children) -> impl IntoView {
    let workspace = use_context::<Option<Workspace>>().flatten();
    let name = workspace.map_or("Hubbub".to_owned(), |workspace| workspace.name);
    view! {
        <Title text=title/>
        <main class="card-page">
            <div class="card">
                <p class="card-workspace">{name}</p>
                <h1>{title}</h1>
                <Problem sentence=refused()/>
                {children()}
            </div>
        </main>
    }
}

/// Why the last attempt was refused, as the redirect back to the form says it.
fn refused() -> Signal<Option<String>> {
    let query = use_query_map();
    Signal::derive(move || {
        let code = query.read().get("refused").and_then(|name| Code::from_name(&name));
        code.map(Code::sentence)
    })
}

/// What was typed before the attempt was refused.
fn kept(field: &'static str) -> String {
    use_query_map().read_untracked().get(field).unwrap_or_default()
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
        <label class="field">
            <span class="field-label">{label}</span>
            <input name=name r#type=kind.unwrap_or("text") value=value autocomplete=autocomplete
                autofocus=autofocus aria-describedby=described required=true
                autocapitalize=if name == "handle" { "none" } else { "words" } spellcheck="false"/>
            {(!hint.is_empty()).then(|| view! { <span class="field-hint" id=hint_id>{hint}</span> })}
        </label>
    }
}

const HANDLE_HINT: &str = "What you sign in with and are mentioned by, such as ada or grace.h.";
const PASSWORD_HINT: &str = "At least 10 characters.";
