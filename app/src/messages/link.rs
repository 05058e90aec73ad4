//! The link to a message, to give to others.

use crate::{
    platform,
    ui::{handle, text},
};
use leptos::{html, prelude::*, task::spawn_local};

#[component]
pub fn LinkTo(path: String) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let is_copied = RwSignal::new(false);
    let link = format!("{}{path}", platform::origin());
    let copy = move || {
        let Some(field) = field.get_untracked() else { return };
        spawn_local(async move {
            is_copied.try_set(platform::copy_from(&field).await);
        });
    };
    let words = move || if is_copied.get() { "Copied" } else { "Copy link" };
    view! {
        <div class="message-link">
            <input node_ref=field readonly=true aria-label="Link to this message" value=link/>
            <button class="button" type="button" on:click=handle(move |_| copy())>{text(words)}</button>
        </div>
    }
}
