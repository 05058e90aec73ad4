//! The dialog that is open, if one is: native `<dialog>`, one at a time.

use common::{FileId, MessageId, PersonId, RoomId};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialogKind {
    Create,
    Direct,
    Invite(RoomId),
    Settings(RoomId),
    Notifications(RoomId),
    Person(PersonId),
    Message(MessageId),
    Delete(RoomId, MessageId),
    Report(RoomId, MessageId),
    Picture(MessageId, FileId),
    /// With the day that is offered first.
    Date(i64),
    Jump,
    Shortcuts,
}

impl DialogKind {
    pub fn title(self) -> &'static str {
        match self {
            DialogKind::Create => "Create a room",
            DialogKind::Direct => "Start a direct conversation",
            DialogKind::Invite(_) => "Invite people",
            DialogKind::Settings(_) => "About this room",
            DialogKind::Notifications(_) => "Notifications",
            DialogKind::Person(_) => "Profile",
            DialogKind::Message(_) => "Message details",
            DialogKind::Delete(..) => "Delete this message?",
            DialogKind::Report(..) => "Report this message",
            DialogKind::Picture(..) => "Picture",
            DialogKind::Date(_) => "Go to a day",
            DialogKind::Jump => "Jump to",
            DialogKind::Shortcuts => "Keyboard shortcuts",
        }
    }
}

/// Which dialog is open.
#[derive(Clone, Copy)]
pub struct OpenDialog(RwSignal<Option<DialogKind>>);

impl OpenDialog {
    /// For the whole page.
    pub fn provide() -> Self {
        let dialogs = Self(RwSignal::new(None));
        provide_context(dialogs);
        dialogs
    }

    pub fn of_page() -> Self {
        expect_context()
    }

    pub fn kind(self) -> Option<DialogKind> {
        self.0.get()
    }

    /// The same, without following it.
    pub fn peek(self) -> Option<DialogKind> {
        self.0.get_untracked()
    }

    pub fn open(self, kind: DialogKind) {
        self.0.set(Some(kind));
    }

    pub fn close(self) {
        self.0.set(None);
    }
}
