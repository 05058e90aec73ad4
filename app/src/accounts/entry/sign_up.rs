//! Sign up.

use super::{EntryCard, Field, HANDLE_HINT, PASSWORD_HINT, kept};
use common::{Code, page::Workspace};
use leptos::prelude::*;

#[component]
pub fn SignUpPage(workspace: Workspace) -> impl IntoView {
    let is_open = workspace.sign_up_open;
    view! {
        <EntryCard title="Make an account" workspace=workspace.name>
            {if is_open { view! { <SignUpForm/> }.into_any() } else { view! { <p>{Code::SignUpClosed.sentence()}</p> }.into_any() }}
            <p class="card-foot">"Have an account? "<a href="/sign-in" rel="external">"Sign in"</a></p>
        </EntryCard>
    }
}

#[component]
fn SignUpForm() -> impl IntoView {
    view! {
        <form method="post" action="/accounts">
            <Field label="Your name" name="name" autocomplete="name" value=kept("name") autofocus=true/>
            <Field label="Handle" name="handle" autocomplete="username" hint=HANDLE_HINT value=kept("handle")/>
            <Field label="Password" name="password" kind="password" autocomplete="new-password" hint=PASSWORD_HINT/>
            <button class="button primary" type="submit">"Make account"</button>
        </form>
    }
}
