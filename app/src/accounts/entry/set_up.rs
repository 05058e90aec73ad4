//! The first visit: name the workspace and make its owner.

use super::{EntryCard, Field, HANDLE_HINT, PASSWORD_HINT};
use leptos::prelude::*;

#[component]
pub fn SetUpPage() -> impl IntoView {
    view! {
        <EntryCard title="Set up your workspace" workspace="Hubbub">
            <p class="card-lead">"You are the first person here. Name the workspace and create your account: you will be its owner."</p>
            <form method="post" action="/workspace">
                <Field label="Workspace" name="workspace" autocomplete="organization" hint="Your team's or club's name." autofocus=true/>
                <Field label="Your name" name="name" autocomplete="name"/>
                <Field label="Handle" name="handle" autocomplete="username" hint=HANDLE_HINT/>
                <Field label="Password" name="password" kind="password" autocomplete="new-password" hint=PASSWORD_HINT/>
                <button class="button primary" type="submit">"Create workspace"</button>
            </form>
        </EntryCard>
    }
}
