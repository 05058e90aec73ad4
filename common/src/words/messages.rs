//! Messages, in sentences.

use super::{InWords, Names, counted, quoted};
use crate::messages::{
    DeleteMessage, EditMessage, ListVersions, Message, MessageDeleted, MessageEdited, MessagePage, PageAround,
    PostMessage, Posted, ReadAround, ReadHistory, ReadNewer, Spot, Versions,
};

impl Message {
    pub(super) fn posted_in_words(&self, names: &dyn Names) -> String {
        let (who, room) = (names.who(self.author), names.in_room(self.room));
        let what = what_is_said(&self.text, self.attachments.len());
        match self.parent {
            None => format!("{who} said {what} in {room}. It is #{}.", self.seq),
            Some(parent) => {
                format!("{who} replied {what} to {} in {room}. It is #{}.", names.said(self.room, parent), self.seq)
            }
        }
    }
}

/// A text, files, or both.
fn what_is_said(text: &str, files: usize) -> String {
    let files = (files > 0).then(|| counted(files, "file", "files"));
    match (text.is_empty(), files) {
        (true, files) => files.unwrap_or("nothing".into()),
        (false, None) => quoted(text),
        (false, Some(files)) => format!("{} with {files}", quoted(text)),
    }
}

impl InWords<Posted> for PostMessage {
    fn asked(&self, names: &dyn Names) -> String {
        let room = names.in_room(self.room);
        let what = what_is_said(&self.text, self.attachments.len());
        match self.parent {
            None => format!("You said {what} in {room}."),
            Some(parent) => format!("You replied {what} to {} in {room}.", names.said(self.room, parent)),
        }
    }

    fn answered(&self, posted: &Posted, _: &dyn Names) -> String {
        format!("stored it as #{}", posted.seq)
    }
}

impl InWords<Posted> for EditMessage {
    fn asked(&self, names: &dyn Names) -> String {
        let room = names.in_room(self.room);
        format!("You asked to change a message of yours in {room} to {}.", quoted(&self.text))
    }

    fn answered(&self, posted: &Posted, _: &dyn Names) -> String {
        format!("stored the change as #{}", posted.seq)
    }
}

impl InWords<Posted> for DeleteMessage {
    fn asked(&self, names: &dyn Names) -> String {
        let (message, room) = (names.said(self.room, self.message), names.in_room(self.room));
        format!("You asked to delete {message} in {room}.")
    }

    fn answered(&self, posted: &Posted, _: &dyn Names) -> String {
        format!("deleted it and stored that as #{}", posted.seq)
    }
}

impl MessageEdited {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        let (who, room) = (names.who(self.author), names.in_room(self.room));
        format!("{who} changed a message in {room} to {}.", quoted(&self.text))
    }
}

impl MessageDeleted {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        // Not by whom: an owner of the room may have done it.
        let whose = if self.author == names.me() { "yours".into() } else { names.whom(self.author) };
        format!("A message of {whose} in {} was deleted.", names.in_room(self.room))
    }
}

impl InWords<Versions> for ListVersions {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked what {} said before it was changed.", names.said(self.room, self.message))
    }

    fn answered(&self, versions: &Versions, _: &dyn Names) -> String {
        format!("sent {}", counted(versions.versions.len(), "earlier version", "earlier versions"))
    }
}

impl InWords<MessagePage> for ReadHistory {
    fn asked(&self, names: &dyn Names) -> String {
        format!("Your browser asked for the messages of {} before #{}.", names.in_room(self.room), self.before)
    }

    fn answered(&self, page: &MessagePage, _: &dyn Names) -> String {
        page.in_words()
    }
}

impl InWords<MessagePage> for ReadNewer {
    fn asked(&self, names: &dyn Names) -> String {
        format!("Your browser asked for the messages of {} after #{}.", names.in_room(self.room), self.after)
    }

    fn answered(&self, page: &MessagePage, _: &dyn Names) -> String {
        page.in_words()
    }
}

impl InWords<PageAround> for ReadAround {
    fn asked(&self, names: &dyn Names) -> String {
        let room = names.in_room(self.room);
        match self.spot {
            Spot::Seq(seq) => format!("You asked for #{seq} of {room}, and what is around it."),
            Spot::At(_) => format!("You asked for what was said in {room} at some time."),
        }
    }

    fn answered(&self, around: &PageAround, _: &dyn Names) -> String {
        around.page.in_words()
    }
}

impl MessagePage {
    /// What the server did that sent it.
    pub(super) fn in_words(&self) -> String {
        format!("sent {}", counted(self.messages.len(), "message", "messages"))
    }
}
