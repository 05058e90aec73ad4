//! The state of the connection, on the page.

use crate::{
    client::{in_words, is_signed_out, use_chat},
    inspector::InspectorButton,
    state::Link,
    ui::{reactive_view, text},
};
use leptos::prelude::*;

/// The line at the foot of the sidebar.
#[component]
pub fn LinkStatus() -> impl IntoView {
    let chat = use_chat();
    let mark = chat.select(|state| match state.link {
        Link::Live => "live".to_owned(),
        Link::Connecting | Link::Reconnecting => "busy".to_owned(),
        Link::Refused(_) => "down".to_owned(),
    });
    let words = chat
        .select(|state| in_words(&state.link, state.unsent().len(), (state.missed - state.missing(), state.missed)));
    view! {
        <div class="link">
            <p class="link-status" data-link=text(move || mark.get()) role="status">{text(move || words.get())}</p>
            <InspectorButton/>
        </div>
    }
}

/// Shown when the server does not let this client in any more. What is on the screen stays.
#[component]
pub fn SignedOutNotice() -> impl IntoView {
    let chat = use_chat();
    let refused = chat.select(|state| match &state.link {
        Link::Refused(refusal) => (refusal.message.clone(), is_signed_out(refusal.code)),
        Link::Connecting | Link::Live | Link::Reconnecting => (String::new(), false),
    });
    view! {
        <div class="banner" role="alert">
            <span>{text(move || refused.get().0)}</span>
            {reactive_view(move || refused.get().1.then(|| view! { <a class="button" href="/sign-in" rel="external">"Sign in"</a> }))}
        </div>
    }
}
