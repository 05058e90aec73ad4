//! A dialog over the page: its frame, its title, and the way out.

use super::{Icon, effect, handle, regular};
use leptos::{html, prelude::*};

/// Shows what is in it in a dialog until that is closed, by its button or with Escape. Closed by itself, it gives
/// the focus back to where it was.
#[component]
pub fn Modal(
    #[prop(into)] title: String,
    /// As wide as the page lets it be.
    #[prop(optional)]
    is_wide: bool,
    /// What is done when it is closed.
    closed: Callback<()>,
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    effect(move || {
        if let Some(dialog) = element.get()
            && !dialog.open()
            && dialog.show_modal().is_err()
        {
            leptos::logging::warn!("a dialog could not be opened");
        }
    });
    let close = move |_| match element.get_untracked() {
        Some(dialog) => dialog.close(),
        None => closed.run(()),
    };
    view! {
        <dialog node_ref=element class="dialog" class:wide=is_wide aria-labelledby="dialog-title" on:close=handle(move |_| closed.run(()))>
            <header class="dialog-header">
                <h2 id="dialog-title">{title}</h2>
                <button class="icon-button" type="button" aria-label="Close" on:click=handle(close)><Icon paths=regular(phosphor_leptos::X)/></button>
            </header>
            {children()}
        </dialog>
    }
}
