//! Under the hood: what this browser and the server say to each other, live, in plain sentences and as it is.
//!
//! Only while the panel is open does anybody listen; all but the way to it is loaded with the panel.
//!
//! Frames come from a tap in the client's core (`socket/src/tap.rs`), so this is tested without a network.
//! While the panel is closed, a frame costs a look at an empty field.
//!
//! The sentences are beside the types: a command has two, what was asked and what the server did (`InWords`),
//! an event has one; the client's state provides names (`Names`). The codec of `socket` takes frames apart
//! and has the sentences of Engine.IO and Socket.IO packets. [`rows`] joins frames that belong together: a
//! request and its answer, a heartbeat and its answer, a message and its return from the server. A message
//! that has returned was sent to the others, too: to as many as are online in the room, as far as this client
//! knows, otherwise without a number.
//!
//! Secrets are masked before a frame is kept. At most 500 rows and 4 MB of frames are kept. The list is
//! updated in batches: drawing a row costs more than reading it, most of it in the browser's layout. So rows
//! have no layers, and old rows are removed a hundred at a time.

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

pub use panel::Inspector;

use crate::{
    client::{OpenPanel, PanelKind},
    ui::{Icon, handle, regular, text},
};
use leptos::prelude::*;

/// Opens and closes the panel.
#[component]
pub fn InspectorButton() -> impl IntoView {
    let panels = OpenPanel::of_page();
    view! {
        <button type="button" aria-label="Under the hood" title="Under the hood"
            aria-pressed=text(move || panels.is_open(PanelKind::Inspector).to_string())
            on:click=handle(move |_| panels.toggle(PanelKind::Inspector))>
            <Icon paths=regular(phosphor_leptos::PULSE)/>
        </button>
    }
}
