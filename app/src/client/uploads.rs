//! What is being uploaded, or waits beside a composer for its message.

use crate::{
    platform::{PickedFile, Sending},
    state::Conversation,
};
use common::files::Attachment;
use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// Tells an upload from the others of this page.
pub type Key = u32;

/// All uploads of this page; cheap to copy.
#[derive(Clone, Copy)]
pub struct Uploads(RwSignal<Vec<Upload>>);

pub struct Upload {
    pub key: Key,
    pub conversation: Conversation,
    pub name: String,
    pub size: u64,
    pub state: State,
    /// Its message was sent without it: it follows by itself.
    pub follows: bool,
    /// What it is sent from; what comes back from a message is on the server already.
    pub file: Option<PickedFile>,
    /// Dropped, it stops.
    sending: Option<Sending>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum State {
    Waiting,
    /// The per cent that the server has.
    Sending(u8),
    Ready(Attachment),
    /// Why it was not taken; `again` when the connection is to blame.
    Failed {
        sentence: String,
        again: bool,
    },
}

impl State {
    fn is_under_way(&self) -> bool {
        matches!(self, State::Waiting | State::Sending(_))
    }
}

impl Default for Uploads {
    fn default() -> Self {
        Self::new()
    }
}

impl Uploads {
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// Takes files in for a conversation's next message.
    pub fn add(self, conversation: Conversation, files: Vec<PickedFile>) {
        for file in files {
            self.push(conversation, file.name(), file.size(), State::Waiting, Some(file));
        }
    }

    /// Puts the files of a message back that was not sent.
    pub fn restore(self, conversation: Conversation, attachments: Vec<Attachment>) {
        for attachment in attachments {
            self.push(conversation, attachment.name.clone(), attachment.size, State::Ready(attachment), None);
        }
    }

    fn push(self, conversation: Conversation, name: String, size: u64, state: State, file: Option<PickedFile>) {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let key = LAST.fetch_add(1, Ordering::Relaxed);
        let upload = Upload { key, conversation, name, size, state, follows: false, file, sending: None };
        self.0.update(|list| list.push(upload));
    }

    /// Whether a conversation's composer has any.
    pub fn is_any(self, conversation: Conversation) -> bool {
        self.0.with(|list| list.iter().any(|upload| upload.conversation == conversation))
    }

    /// Whether some have not come up yet.
    pub fn is_under_way(self, conversation: Conversation) -> bool {
        self.0.with_untracked(|list| {
            list.iter().any(|upload| upload.conversation == conversation && upload.state.is_under_way())
        })
    }

    pub fn keys(self, conversation: Conversation) -> Vec<Key> {
        self.0.with(|list| {
            list.iter().filter(|upload| upload.conversation == conversation).map(|upload| upload.key).collect()
        })
    }

    /// Reads an upload and follows it; `None` once it is gone.
    pub fn with<T>(self, key: Key, part: impl FnOnce(&Upload) -> T) -> Option<T> {
        self.0.try_with(|list| list.iter().find(|upload| upload.key == key).map(part)).flatten()
    }

    /// All uploads, without following them.
    pub fn peek<T>(self, part: impl FnOnce(&[Upload]) -> T) -> T {
        self.0.with_untracked(|list| part(list))
    }

    /// Takes those that are ready for a conversation's message. The others follow by themselves.
    pub fn take_ready(self, conversation: Conversation) -> Vec<Attachment> {
        if !self.peek(|list| list.iter().any(|upload| upload.conversation == conversation)) {
            return Vec::new();
        }
        let ready = self.take(|upload| upload.conversation == conversation);
        self.0.update(|list| {
            list.iter_mut()
                .filter(|upload| upload.conversation == conversation)
                .for_each(|upload| upload.follows = true);
        });
        ready
    }

    /// Takes those that are ready and follow a message that was sent.
    pub fn take_followers(self, conversation: Conversation) -> Vec<Attachment> {
        self.take(|upload| upload.conversation == conversation && upload.follows)
    }

    fn take(self, belongs: impl Fn(&Upload) -> bool) -> Vec<Attachment> {
        let mut taken = Vec::new();
        self.0.update(|list| {
            list.retain(|upload| match &upload.state {
                State::Ready(attachment) if belongs(upload) => {
                    taken.push(attachment.clone());
                    false
                }
                _ => true,
            });
        });
        taken
    }

    /// Whether some are ready for a conversation's message.
    pub fn has_ready(self, conversation: Conversation) -> bool {
        let is_ready = |upload: &Upload| upload.conversation == conversation && matches!(upload.state, State::Ready(_));
        self.peek(|list| list.iter().any(is_ready))
    }

    pub fn set(self, key: Key, state: State) {
        self.0.try_update(|list| {
            if let Some(upload) = list.iter_mut().find(|upload| upload.key == key) {
                upload.state = state;
            }
        });
    }

    /// Removes an upload, and stops it if it is running.
    pub fn remove(self, key: Key) {
        self.0.try_update(|list| list.retain(|upload| upload.key != key));
    }

    /// It is on its way.
    pub fn sends(self, key: Key, sending: Sending) {
        self.keep(key, Some(sending));
    }

    /// It has arrived, or will not.
    pub fn ended(self, key: Key) {
        self.keep(key, None);
    }

    fn keep(self, key: Key, sending: Option<Sending>) {
        self.0.try_update_untracked(|list| {
            if let Some(upload) = list.iter_mut().find(|upload| upload.key == key) {
                upload.sending = sending;
            }
        });
    }
}
