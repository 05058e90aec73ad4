//! Typing, in sentences.

use super::{InWords, Names};
use crate::typing::{SetTyping, TypingChanged};

impl InWords<()> for SetTyping {
    fn asked(&self, names: &dyn Names) -> String {
        let room = names.in_room(self.room);
        if self.typing {
            format!("Your browser said that you are typing in {room}.")
        } else {
            format!("Your browser said that you have stopped typing in {room}.")
        }
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "passed it on".into()
    }
}

impl TypingChanged {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        let (who, room) = (names.who_is(self.person), names.in_room(self.room));
        if self.typing { format!("{who} typing in {room}.") } else { format!("{who} not typing in {room} any more.") }
    }
}
