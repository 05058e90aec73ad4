//! Sign up.

use super::{EntryCard, Field, HANDLE_HINT, PASSWORD_HINT, kept};
use crate::platform;
use common::{Code, page::Workspace};
use leptos::prelude::*;

#[component]
pub fn SignUpPage(workspace: Workspace) -> impl IntoView {
    // A valid invitation allows sign-up where it is closed to others.
    let has_ended = platform::query("refused").as_deref() == Some(BAD_INVITE);
    let invite = kept("invite");
    let invite = if has_ended { String::new() } else { invite };
    let form = if workspace.sign_up_open || !invite.is_empty() {
        view! { <SignUpForm invite/> }.into_any()
    } else if has_ended {
        ().into_any()
    } else {
        view! { <p>{Code::SignUpClosed.sentence()}</p> }.into_any()
    };
    view! {
        <EntryCard title="Create an account" workspace=workspace.name>
            {form}
            <p class="card-foot">"Have an account? "<a href="/sign-in" rel="external">"Sign in"</a></p>
        </EntryCard>
    }
}

/// [`Code::BadInvite`], as the redirect back to the form names it.
const BAD_INVITE: &str = "bad_invite";

#[component]
fn SignUpForm(invite: String) -> impl IntoView {
    let is_invited = !invite.is_empty();
    view! {
        {is_invited.then(|| view! { <p class="card-lead">"You are invited. Create your account to join."</p> })}
        <form method="post" action="/accounts">
            {is_invited.then(|| view! { <input type="hidden" name="invite" value=invite/> })}
            <Field label="Your name" name="name" autocomplete="name" value=kept("name") autofocus=true/>
            <Field label="Handle" name="handle" autocomplete="username" hint=HANDLE_HINT value=kept("handle")/>
            <Field label="Password" name="password" kind="password" autocomplete="new-password" hint=PASSWORD_HINT/>
            <button class="button primary" type="submit">"Create account"</button>
        </form>
    }
}
