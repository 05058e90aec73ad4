//! Under the hood: what this browser and the server say to each other, live, in plain sentences and as it is.
//!
//! Only while the panel is open does anybody listen; all but the way to it is loaded with the panel.

mod anatomy;
mod clock;
mod frame;
mod heard;
mod listening;
mod names;
mod panel;
mod row;
mod rows;
mod saving;
#[cfg(test)]
mod tests;
mod topic;

pub use panel::Hood;

use crate::{
    rooms::{OpenPanel, PanelKind},
    widgets::{Icon, handle, live, regular},
};
use leptos::prelude::*;

/// Opens and closes the panel.
#[component]
pub fn HoodButton() -> impl IntoView {
    let panels = OpenPanel::of_page();
    view! {
        <button type="button" aria-label="Under the hood" title="Under the hood"
            aria-pressed=live(move || panels.is_open(PanelKind::Hood).to_string())
            on:click=handle(move |_| panels.toggle(PanelKind::Hood))>
            <Icon paths=regular(phosphor_leptos::PULSE)/>
        </button>
    }
}
