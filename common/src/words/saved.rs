//! Saved messages, in sentences.

use super::{InWords, Names, counted};
use crate::saved::{AddSaved, ListSaved, RemoveSaved, SavedChange, SavedPage};

impl InWords<()> for AddSaved {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked to save {} for later.", names.said(self.room, self.message))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted that for all of your devices".into()
    }
}

impl InWords<()> for RemoveSaved {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked not to save {} any longer.", names.said(self.room, self.message))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted that for all of your devices".into()
    }
}

impl InWords<SavedPage> for ListSaved {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked for what you have saved.".into()
    }

    fn answered(&self, page: &SavedPage, _: &dyn Names) -> String {
        format!("sent {}", counted(page.saved.len(), "message", "messages"))
    }
}

impl SavedChange {
    pub(super) fn added_in_words(&self, names: &dyn Names) -> String {
        format!("You have saved {} for later.", names.said(self.room, self.message))
    }

    pub(super) fn removed_in_words(&self, names: &dyn Names) -> String {
        format!("You do not save {} any longer.", names.said(self.room, self.message))
    }
}
