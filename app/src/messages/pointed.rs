//! Which message is pointed at, which is being changed, which of blocked people are shown.

use crate::{platform, state::Row};
use common::{MessageId, PersonId};
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

/// The messages of blocked people that one wants to see all the same.
#[derive(Clone, Copy)]
pub struct Unveiled(RwSignal<Vec<MessageId>>);

impl Unveiled {
    /// For the whole page.
    pub fn provide() -> Self {
        let unveiled = Self(RwSignal::new(Vec::new()));
        provide_context(unveiled);
        unveiled
    }

    pub fn of_page() -> Self {
        expect_context()
    }

    pub fn add(self, id: MessageId) {
        self.0.update(|shown| shown.push(id));
    }

    /// Marks the rows that stay hidden.
    pub fn hide(self, rows: &mut [Row], blocked: &[PersonId]) {
        if blocked.is_empty() {
            return;
        }
        self.0.with(|shown| {
            for row in rows {
                if let Row::Message { message, hidden, .. } = row {
                    *hidden =
                        blocked.contains(&message.author) && !message.is_deleted() && !shown.contains(&message.id);
                }
            }
        });
    }
}
