//! Finding and going: the search panel, the way to rooms, people and messages by name, and the keys.

mod asking;
mod hit;
mod jump;
mod keys;
mod panel;
mod sheet;

pub use jump::Jump;
pub use keys::{Step, listen, move_among};
pub use panel::SearchPanel;
pub use sheet::Shortcuts;

use crate::{
    client::{DialogKind, OpenDialog, OpenPanel, PanelKind},
    state::ChatState,
    ui::{Icon, effect, handle, regular, text},
};
use common::{RoomId, rooms::RoomKind};
use leptos::prelude::*;
use phosphor_leptos::{ARROW_ELBOW_DOWN_RIGHT, MAGNIFYING_GLASS};

/// What is searched for, also while the panel is closed.
#[derive(Clone, Copy)]
pub struct Searching(RwSignal<String>);

impl Searching {
    /// For the whole page.
    pub fn provide() {
        provide_context(Self(RwSignal::new(String::new())));
    }

    pub fn of_page() -> Self {
        expect_context()
    }

    pub fn query(self) -> RwSignal<String> {
        self.0
    }
}

/// Below the workspace's name: to where, and for what.
#[component]
pub fn Finders() -> impl IntoView {
    let dialogs = OpenDialog::of_page();
    let panels = OpenPanel::of_page();
    let key = RwSignal::new("Ctrl K");
    effect(move || {
        if crate::platform::is_apple() {
            key.set("⌘ K");
        }
    });
    view! {
        <div class="finders">
            <button class="finder" type="button" on:click=handle(move |_| dialogs.open(DialogKind::Jump))>
                <Icon paths=regular(ARROW_ELBOW_DOWN_RIGHT)/>
                <span>"Jump to…"</span>
                <kbd>{text(move || key.get())}</kbd>
            </button>
            <SearchButton panels/>
        </div>
    }
}

/// Opens and closes the panel.
#[component]
pub fn SearchButton(panels: OpenPanel) -> impl IntoView {
    view! {
        <button class="icon-button" type="button" aria-label="Search" title="Search"
            aria-pressed=text(move || panels.is_open(PanelKind::Search).to_string())
            on:click=handle(move |_| panels.toggle(PanelKind::Search))>
            <Icon paths=regular(MAGNIFYING_GLASS)/>
        </button>
    }
}

/// The filter that stands for a room, as people would write it.
fn filter_of(state: &ChatState, id: RoomId) -> Option<String> {
    let summary = &state.rooms.get(&id)?.summary;
    let others: Vec<_> = summary.people.iter().filter(|&&person| person != state.me).collect();
    Some(match (summary.kind, others.as_slice()) {
        (RoomKind::Direct, [other]) => format!("in:@{}", state.people.get(other)?.handle),
        (RoomKind::Direct, _) => format!("in:{id}"),
        (RoomKind::Public | RoomKind::Private, _) if summary.name.contains(char::is_whitespace) => {
            format!("in:\"{}\"", summary.name)
        }
        (RoomKind::Public | RoomKind::Private, _) => format!("in:{}", summary.name),
    })
}

/// A room as it is called where rooms and people stand together.
fn label_of(state: &ChatState, id: RoomId) -> String {
    let Some(room) = state.rooms.get(&id) else { return "A room that you left".into() };
    let name = state.room_name(&room.summary);
    if room.summary.kind == RoomKind::Direct { name } else { format!("#{name}") }
}
