//! The panel beside the conversation, one at a time.

use common::{MessageId, RoomId};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelKind {
    Members(RoomId),
    Pins(RoomId),
    /// The thread of a message.
    Thread(RoomId, MessageId),
    /// The followed threads.
    Threads,
    Search,
    Inspector,
}

impl PanelKind {
    pub fn title(self) -> &'static str {
        match self {
            PanelKind::Members(_) => "Members",
            PanelKind::Pins(_) => "Pinned messages",
            PanelKind::Thread(..) => "Thread",
            PanelKind::Threads => "Threads",
            PanelKind::Search => "Search",
            PanelKind::Inspector => "Under the hood",
        }
    }

    /// Whether it fills the screen of a phone, as what is read and written in does.
    pub fn has_own_screen(self) -> bool {
        match self {
            PanelKind::Members(_) | PanelKind::Pins(_) => false,
            PanelKind::Thread(..) | PanelKind::Threads | PanelKind::Search | PanelKind::Inspector => true,
        }
    }

    /// The room that it belongs to, and goes with.
    fn room(self) -> Option<RoomId> {
        match self {
            PanelKind::Members(room) | PanelKind::Pins(room) | PanelKind::Thread(room, _) => Some(room),
            PanelKind::Threads | PanelKind::Search | PanelKind::Inspector => None,
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
        expect_context()
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
