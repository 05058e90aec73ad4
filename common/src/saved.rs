//! Saved messages: what a person keeps for later, the same on all of their devices.

use crate::{
    MessageId, Millis, RoomId,
    commands::command,
    hood::{self, InWords, Names},
    messages::Message,
};
use serde::{Deserialize, Serialize};

/// `saved:add`: keep a message for later. One that is kept stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddSaved {
    pub room: RoomId,
    pub message: MessageId,
}
command!(AddSaved => "saved:add", ());

impl InWords<()> for AddSaved {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked to save {} for later.", names.said(self.room, self.message))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted that for all of your devices".into()
    }
}

/// `saved:remove`: keep it no longer. Nothing happens when it is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveSaved {
    pub room: RoomId,
    pub message: MessageId,
}
command!(RemoveSaved => "saved:remove", ());

impl InWords<()> for RemoveSaved {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked not to save {} any longer.", names.said(self.room, self.message))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted that for all of your devices".into()
    }
}

/// `saved:list`: one's saved messages, the last one that was saved first. Those of rooms that one has
/// left are not among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSaved {
    /// The message that a page before this one ended with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<MessageId>,
}
/// At most [`crate::limits::PAGE_MESSAGES`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedPage {
    pub saved: Vec<Saved>,
    /// Whether there are others after these.
    pub more: bool,
}
command!(ListSaved => "saved:list", SavedPage);

impl InWords<SavedPage> for ListSaved {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked for what you have saved.".into()
    }

    fn answered(&self, page: &SavedPage, _: &dyn Names) -> String {
        format!("sent {}", hood::counted(page.saved.len(), "message", "messages"))
    }
}

/// A message that one has saved, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub message: Message,
    pub at: Millis,
}

/// To one's own devices: a message is saved, or is no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedMoved {
    pub room: RoomId,
    pub message: MessageId,
}

impl SavedMoved {
    pub(crate) fn added_in_words(&self, names: &dyn Names) -> String {
        format!("You have saved {} for later.", names.said(self.room, self.message))
    }

    pub(crate) fn removed_in_words(&self, names: &dyn Names) -> String {
        format!("You do not save {} any longer.", names.said(self.room, self.message))
    }
}
