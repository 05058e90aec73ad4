//! Which message is pointed at, which is being changed, which of blocked people are shown.

use crate::{platform, state::Row};
use common::{MessageId, PersonId};
use leptos::{ev, prelude::*};

/// The message that the pointer or the focus is on.
#[derive(Clone, Copy)]
pub struct Pointed {
    message: RwSignal<Option<MessageId>>,
    /// Which it was when a finger came down.
    before: StoredValue<Option<MessageId>>,
}

impl Pointed {
    /// For the conversation.
    pub fn provide() -> Self {
        let pointed = Self { message: RwSignal::new(None), before: StoredValue::new(None) };
        provide_context(pointed);
        pointed
    }

    pub fn of_page() -> Self {
        expect_context()
    }

    /// Takes note of an event on a row, or on something in it.
    fn note(self, event: &ev::Event) {
        if let Some(row) = platform::message_row_of(event)
            && self.message.get_untracked() != Some(row)
        {
            self.message.set(Some(row));
        }
    }

    /// The pointer is on a row. A toolbar that is used by keyboard stays; a finger points by
    /// tapping, which moves the focus, and not by passing over.
    pub fn pass(self, event: &ev::PointerEvent) {
        if event.pointer_type() != "touch" && !platform::keyboard_is_in(".actions") {
            self.note(event);
        }
    }

    /// The focus has come to a row, or to something in it; by keyboard, that points at it.
    pub fn focus(self, event: &ev::FocusEvent) {
        if platform::keyboard_is_in(".message") {
            self.note(event);
        }
    }

    /// A finger, or a button of the mouse, goes down.
    pub fn press(self) {
        self.before.set_value(self.message.get_untracked());
    }

    /// A tap points at a message, and the second one no longer does; one on a link, a button or a face in it
    /// does what that is for.
    pub fn tap(self, event: &ev::MouseEvent) {
        if !platform::has_coarse_pointer() || platform::is_in("a, button, textarea, [data-person]", event) {
            return;
        }
        let is_again = self.before.get_value().is_some_and(|before| platform::message_row_of(event) == Some(before));
        if is_again {
            self.message.set(None);
        } else {
            self.note(event);
        }
    }

    /// The pointer has left the rows. A finger does so whenever it is lifted, before its tap counts: what it
    /// taps on must not move away under it.
    pub fn leave(self, event: &ev::PointerEvent) {
        if event.pointer_type() == "touch" {
            return;
        }
        if self.message.get_untracked().is_some() && !platform::focus_is_in(".message") {
            self.message.set(None);
        }
    }

    pub fn is_on(self, id: MessageId) -> bool {
        self.message.get() == Some(id)
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

    pub fn begin(self, id: MessageId) {
        self.0.set(Some(id));
    }

    pub fn end(self) {
        self.0.try_set(None);
    }
}

/// The messages of blocked people that the user has chosen to see.
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
