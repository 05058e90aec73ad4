//! The panel beside the conversation, one at a time.

use super::members::Members;
use crate::{
    lazy::{Later, Part},
    pins::Pins,
    platform,
    provided::provided,
    search::SearchPanel,
    threads::{ThreadList, ThreadPanel},
    ui::{Icon, handle, regular},
};
use common::{MessageId, RoomId};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelKind {
    Members(RoomId),
    Pins(RoomId),
    /// The thread of a message.
    Thread(RoomId, MessageId),
    /// The threads that one follows.
    Threads,
    Search,
    Hood,
}

impl PanelKind {
    fn title(self) -> &'static str {
        match self {
            PanelKind::Members(_) => "Members",
            PanelKind::Pins(_) => "Pinned messages",
            PanelKind::Thread(..) => "Thread",
            PanelKind::Threads => "Threads",
            PanelKind::Search => "Search",
            PanelKind::Hood => "Under the hood",
        }
    }

    /// Whether it fills the screen of a phone, as what is read and written in does.
    fn has_own_screen(self) -> bool {
        match self {
            PanelKind::Members(_) | PanelKind::Pins(_) => false,
            PanelKind::Thread(..) | PanelKind::Threads | PanelKind::Search | PanelKind::Hood => true,
        }
    }

    /// The room that it belongs to, and goes with.
    fn room(self) -> Option<RoomId> {
        match self {
            PanelKind::Members(room) | PanelKind::Pins(room) | PanelKind::Thread(room, _) => Some(room),
            PanelKind::Threads | PanelKind::Search | PanelKind::Hood => None,
        }
    }
}

/// Which panel is open.
#[derive(Clone, Copy)]
pub struct OpenPanel(RwSignal<Option<PanelKind>>);

impl OpenPanel {
    /// For the whole page, with the panel that is open at first.
    pub fn provide(first: Option<PanelKind>) -> Self {
        let panels = Self(RwSignal::new(first));
        provide_context(panels);
        panels
    }

    pub fn of_page() -> Self {
        provided()
    }

    pub fn kind(self) -> Option<PanelKind> {
        self.0.get()
    }

    /// The same, without following it.
    pub fn peek_kind(self) -> Option<PanelKind> {
        self.0.get_untracked()
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

    /// The address names a room and perhaps a thread of it: that is shown, and what belongs to another
    /// room, or was another thread, goes.
    pub fn go_with(self, room: Option<RoomId>, thread: Option<MessageId>) {
        let open = self.0.get_untracked();
        let stays = |kind: &PanelKind| match kind {
            PanelKind::Thread(..) => false,
            other => other.room().is_none_or(|of| Some(of) == room),
        };
        let now = match (room, thread) {
            (Some(room), Some(parent)) => Some(PanelKind::Thread(room, parent)),
            _ => open.filter(stays),
        };
        if now != open {
            self.0.set(now);
        }
    }
}

#[component]
pub fn Panel(kind: PanelKind) -> impl IntoView {
    let panels = OpenPanel::of_page();
    platform::remember_opener();
    let close = move |_| {
        panels.close();
        // On a phone the keyboard would come up.
        if !platform::focus_back() && !platform::has_coarse_pointer() {
            platform::focus_on(".composer textarea");
        }
    };
    view! {
        <aside class="panel" aria-label=kind.title() data-own-screen=kind.has_own_screen().to_string()>
            <header class="panel-header">
                {if kind.has_own_screen() {
                    view! { <h1>{kind.title()}</h1> }.into_any()
                } else {
                    view! { <h2>{kind.title()}</h2> }.into_any()
                }}
                <button class="icon-button" type="button" aria-label="Close" on:click=handle(close)>
                    <span class="only-wide"><Icon paths=regular(phosphor_leptos::X)/></span>
                    <span class="only-narrow"><Icon paths=regular(phosphor_leptos::ARROW_LEFT)/></span>
                </button>
            </header>
            {match kind {
                PanelKind::Members(room) => view! { <Members room/> }.into_any(),
                PanelKind::Pins(room) => view! { <Pins room/> }.into_any(),
                PanelKind::Thread(room, parent) => view! { <ThreadPanel room parent/> }.into_any(),
                PanelKind::Threads => view! { <ThreadList/> }.into_any(),
                PanelKind::Search => view! { <SearchPanel/> }.into_any(),
                PanelKind::Hood => view! { <Later part=Part::Hood/> }.into_any(),
            }}
        </aside>
    }
}
