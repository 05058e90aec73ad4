//! Sign in.

use super::{EntryCard, Field, kept};
use common::page::Workspace;
use leptos::prelude::*;

#[component]
pub fn SignInPage(workspace: Workspace) -> impl IntoView {
    let is_open = workspace.sign_up_open;
    let handle = kept("handle");
    let is_new = handle.is_empty();
    view! {
        <EntryCard title="Sign in" workspace=workspace.name>
            <form method="post" action="/session">
                <input type="hidden" name="next" value=kept("next")/>
                <Field label="Handle" name="handle" autocomplete="username" value=handle autofocus=is_new/>
                <Field label="Password" name="password" kind="password" autocomplete="current-password" autofocus=!is_new/>
                <button class="button primary" type="submit">"Sign in"</button>
            </form>
            {is_open.then(|| view! { <p class="card-foot">"New here? "<a href="/sign-up" rel="external">"Create an account"</a></p> })}
        </EntryCard>
    }
}
