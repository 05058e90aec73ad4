//! Which message is pointed at, and which is being changed.

use crate::platform;
use common::MessageId;
use leptos::{ev, prelude::*};

/// The message that the pointer or the focus is on, and where its row begins: CSS pixels from the
/// top of the list.
#[derive(Clone, Copy)]
pub struct Pointed(RwSignal<Option<(MessageId, i32)>>);

impl Pointed {
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Takes note of an event on a row, or on something in it.
    pub fn note(self, event: &ev::Event) {
        if let Some(row) = platform::message_row_of(event)
            && self.0.get_untracked() != Some(row)
        {
            self.0.set(Some(row));
        }
    }

    /// The message, and where its row begins.
    pub fn row(self) -> Option<(MessageId, i32)> {
        self.0.get()
    }

    /// The rows are not where they were.
    pub fn forget(self) {
        if self.0.get_untracked().is_some() {
            self.0.set(None);
        }
    }
}

/// Which message is being changed.
#[derive(Clone, Copy)]
pub struct Editing(RwSignal<Option<MessageId>>);

impl Editing {
    /// For the conversation.
    pub fn provide() -> Self {
        let editing = Self(RwSignal::new(None));
        provide_context(editing);
        editing
    }

    pub fn of_page() -> Self {
        expect_context()
    }

    pub fn message(self) -> Option<MessageId> {
        self.0.get()
    }

    pub fn is_on(self, id: MessageId) -> bool {
        self.0.get() == Some(id)
    }

    pub fn begin(self, id: MessageId) {
        self.0.set(Some(id));
    }

    pub fn end(self) {
        self.0.try_set(None);
    }
}
