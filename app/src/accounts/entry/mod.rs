//! The pages of visitors: set up, sign in, sign up.

mod set_up;
mod sign_in;
mod sign_up;

use super::{Field, refused};
use crate::{
    address::{Address, Place},
    platform, title,
    ui::{NotFound, Problem},
};
use common::page::Workspace;
use leptos::prelude::*;
use set_up::SetUpPage;
use sign_in::SignInPage;
use sign_up::SignUpPage;

/// The page that the address names, or the first one that fits a visitor.
#[component]
pub fn EntryPage(workspace: Option<Workspace>) -> impl IntoView {
    let place = Address::of_page().at_start();
    let title = title::of_visitor(workspace.as_ref(), place);
    title::keep(move || title.clone());
    match (workspace, place) {
        (_, Place::Nowhere) => view! { <NotFound/> }.into_any(),
        (None, _) => view! { <SetUpPage/> }.into_any(),
        (Some(workspace), Place::SignUp) => view! { <SignUpPage workspace/> }.into_any(),
        (Some(workspace), _) => view! { <SignInPage workspace/> }.into_any(),
    }
}

/// The card around a visitor's form.
#[component]
fn EntryCard(title: &'static str, #[prop(into)] workspace: String, children: Children) -> impl IntoView {
    view! {
        <main class="card-page">
            <div class="card">
                <p class="card-workspace">{workspace}</p>
                <h1>{title}</h1>
                <Problem sentence=Signal::stored(refused())/>
                {children()}
                <p class="card-foot">"Curious? "<a href="/how-it-works" rel="external">"How it works"</a></p>
            </div>
        </main>
    }
}

/// What was typed before the attempt was refused.
fn kept(field: &'static str) -> String {
    platform::query(field).unwrap_or_default()
}

const HANDLE_HINT: &str = "What you sign in with and are mentioned by, such as ada or grace.h.";
const PASSWORD_HINT: &str = "At least 10 characters.";
