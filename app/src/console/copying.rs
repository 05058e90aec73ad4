//! Something to copy that is shown once.

use crate::{
    platform,
    ui::{handle, text},
};
use leptos::{html, prelude::*, task::spawn_local};

#[component]
pub fn CopyField(label: &'static str, value: String) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let is_copied = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let Some(field) = field.get_untracked() else { return };
        spawn_local(async move {
            is_copied.try_set(Some(platform::copy_from(&field).await));
        });
    };
    let said = move || match is_copied.get() {
        None => "",
        Some(true) => "Copied.",
        Some(false) => "This browser cannot copy it. It is selected: copy it with the keyboard.",
    };
    view! {
        <div class="field">
            <label class="field-label" for="to-copy">{label}</label>
            <span class="copy-field">
                <input id="to-copy" node_ref=field readonly=true value=value/>
                <button class="button" type="button" on:click=handle(copy)>"Copy"</button>
            </span>
            <span class="field-hint" role="status">{text(said)}</span>
        </div>
    }
}
