//! Reactions, in sentences.

use super::{InWords, Names};
use crate::reactions::{AddReaction, ReactionChange, RemoveReaction};

impl InWords<()> for AddReaction {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked to put {} under {}.", self.emoji, names.said(self.room, self.message))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "put it there".into()
    }
}

impl InWords<()> for RemoveReaction {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked to take {} away from {}.", self.emoji, names.said(self.room, self.message))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "took it away".into()
    }
}

impl ReactionChange {
    pub(super) fn added_in_words(&self, names: &dyn Names) -> String {
        let (who, message) = (names.who(self.person), names.said(self.room, self.message));
        format!("{who} put {} under {message}.", self.emoji)
    }

    pub(super) fn removed_in_words(&self, names: &dyn Names) -> String {
        let (who, message) = (names.who(self.person), names.said(self.room, self.message));
        format!("{who} took {} away from {message}.", self.emoji)
    }
}
