//! Whether an emoji is being chosen, and for what.

use crate::{messages::Completed, platform};
use common::{MessageId, RoomId};
use leptos::{ev, prelude::*};

/// How large the picker is on a wide screen, in CSS pixels; `emoji.css` says the same.
const SIZE: (i32, i32) = (360, 400);

#[derive(Clone, Copy)]
pub enum Purpose {
    /// To put it under a message.
    React { room: RoomId, message: MessageId },
    /// To put it into what is being written.
    Write(Completed),
}

#[derive(Clone, Copy)]
pub struct Picking {
    pub purpose: Purpose,
    /// CSS pixels from the left and the top of the window.
    pub place: (i32, i32),
}

/// Whether the picker is open.
#[derive(Clone, Copy)]
pub struct OpenPicker(RwSignal<Option<Picking>>);

impl OpenPicker {
    /// For the whole page.
    pub fn provide() -> Self {
        let picker = Self(RwSignal::new(None));
        provide_context(picker);
        picker
    }

    pub fn of_page() -> Self {
        expect_context()
    }

    pub fn picking(self) -> Option<Picking> {
        self.0.get()
    }

    /// Opens it beside the button that was clicked.
    pub fn open(self, event: &ev::MouseEvent, purpose: Purpose) {
        self.0.set(Some(Picking { purpose, place: platform::place_beside(event, SIZE) }));
    }

    pub fn close(self) {
        self.0.try_set(None);
    }
}
