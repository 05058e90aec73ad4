//! The panel beside the conversation, one at a time.

use super::members::Members;
use crate::widgets::{Icon, handle, regular};
use common::RoomId;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelKind {
    Members(RoomId),
}

impl PanelKind {
    fn title(self) -> &'static str {
        match self {
            PanelKind::Members(_) => "Members",
        }
    }

    /// The room that it belongs to, and goes with.
    fn room(self) -> Option<RoomId> {
        match self {
            PanelKind::Members(room) => Some(room),
        }
    }
}

/// Which panel is open.
#[derive(Clone, Copy)]
pub struct OpenPanel(RwSignal<Option<PanelKind>>);

impl OpenPanel {
    /// For the whole page.
    pub fn provide() -> Self {
        let panels = Self(RwSignal::new(None));
        provide_context(panels);
        panels
    }

    pub fn of_page() -> Self {
        expect_context()
    }

    pub fn kind(self) -> Option<PanelKind> {
        self.0.get()
    }

    pub fn is_open(self, kind: PanelKind) -> bool {
        self.0.get() == Some(kind)
    }

    pub fn open(self, kind: PanelKind) {
        self.0.set(Some(kind));
    }

    pub fn toggle(self, kind: PanelKind) {
        if self.0.get_untracked() == Some(kind) { self.close() } else { self.open(kind) }
    }

    pub fn close(self) {
        self.0.set(None);
    }

    /// Another room, or none, is shown: what belongs to the one before goes.
    pub fn show_room(self, room: Option<RoomId>) {
        let belongs_elsewhere = |kind: PanelKind| kind.room().is_some() && kind.room() != room;
        if self.0.get_untracked().is_some_and(belongs_elsewhere) {
            self.close();
        }
    }
}

#[component]
pub fn Panel(kind: PanelKind) -> impl IntoView {
    let panels = OpenPanel::of_page();
    view! {
        <aside class="panel" aria-label=kind.title()>
            <header class="panel-header">
                <h2>{kind.title()}</h2>
                <button class="icon-button" type="button" aria-label="Close" on:click=handle(move |_| panels.close())><Icon paths=regular(phosphor_leptos::X)/></button>
            </header>
            {match kind {
                PanelKind::Members(room) => view! { <Members room/> }.into_any(),
            }}
        </aside>
    }
}
