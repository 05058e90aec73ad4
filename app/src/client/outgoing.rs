//! What goes out: messages are shown at once, kept in the outbox, and sent in order, each once.

use super::{Chat, Failure, Journey, Unreachable};
use crate::{
    platform::{self, Outbox},
    state::{Change, ChatState, Conversation, Link, Pending},
};
use common::{MessageId, Refusal, files::Attachment, limits, messages::PostMessage};
use leptos::{prelude::*, task::spawn_local};
use std::{mem, time::Duration};

impl Chat {
    /// Posts a message: shown at once, sent at once if the server is there, otherwise on reconnection.
    /// More files than a message can have go out in further ones.
    pub fn post(self, conversation: Conversation, text: String, mut attachments: Vec<Attachment>) {
        let others = attachments.split_off(attachments.len().min(limits::ATTACHMENTS));
        let ids = attachments.iter().map(|attachment| attachment.id).collect();
        let message =
            PostMessage { parent: conversation.thread, attachments: ids, ..PostMessage::new(conversation.room, text) };
        self.note(message.id, |_| {});
        let at = platform::now();
        self.apply(Change::Queued(Pending { message: message.clone(), attachments, at, refusal: None }));
        if self.peek(|state| state.link == Link::Live) && !self.session.with_value(|session| session.is_held_back) {
            self.deliver(message);
        }
        if !others.is_empty() {
            self.post(conversation, String::new(), others);
        }
    }

    pub(super) fn deliver(self, message: PostMessage) {
        let id = message.id;
        let reply = self.send(message.clone());
        self.note(id, |journey| journey.sent = Some(platform::now()));
        spawn_local(async move {
            match reply.await {
                Ok(posted) => {
                    self.note(id, |journey| journey.acknowledged = Some(platform::now()));
                    self.apply(Change::Acknowledged { id, posted });
                }
                Err(Failure::Refused(Refusal { retry_after: Some(millis), .. })) => self.hold_back(millis),
                Err(Failure::Refused(refusal)) => self.apply(Change::Refused { id, refusal }),
                // Under the same id it is stored once, however often it is sent. On a connection that
                // is new, what was written before it goes first.
                Err(Failure::Unreachable(Unreachable::Silent)) if self.peek(|state| state.link == Link::Live) => {
                    self.deliver(message);
                }
                // It stays pending and goes out again on reconnection.
                Err(Failure::Unreachable(_)) => {}
            }
        });
    }

    /// Sends all that is not acknowledged again, in order, when so much time has passed; nothing until then, which
    /// would overtake what the server has put off.
    fn hold_back(self, millis: u32) {
        let was = self.session.try_update_value(|session| mem::replace(&mut session.is_held_back, true));
        if was == Some(false) {
            set_timeout(move || self.go_on(), Duration::from_millis(u64::from(millis) + 50));
        }
    }

    fn go_on(self) {
        self.session.try_update_value(|session| session.is_held_back = false);
        // On a connection that is made meanwhile, all goes out anyway.
        if self.peek(|state| state.link == Link::Live) {
            for message in self.peek(ChatState::unsent) {
                self.deliver(message);
            }
        }
    }

    /// Sends a refused message again.
    pub fn retry(self, id: MessageId) {
        self.apply(Change::Retried(id));
        let message = self.peek(|state| state.unsent().into_iter().find(|message| message.id == id));
        if let Some(message) = message {
            self.deliver(message);
        }
    }

    /// Gives a message up that was not sent.
    pub fn discard(self, id: MessageId) {
        self.apply(Change::Discarded(id));
    }

    /// Takes a message that was not sent yet back into the composer.
    pub fn recall(self, id: MessageId) {
        let recalled = self.peek(|state| state.pending.iter().find(|pending| pending.message.id == id).cloned());
        if let Some(pending) = recalled {
            let conversation = pending.conversation();
            self.discard(id);
            self.uploads.restore(conversation, pending.attachments);
            self.recalled.set(Some((conversation, pending.message.text)));
        }
    }

    /// The text that a conversation's composer gets back, once.
    pub fn take_recalled(self, conversation: Conversation) -> Option<String> {
        let (_, text) = self.recalled.get().filter(|(place, _)| *place == conversation)?;
        self.recalled.set(None);
        Some(text)
    }

    /// Gives the state what was left in the outbox, and the outbox what is pending already.
    pub async fn use_outbox(self, outbox: Outbox) {
        for pending in self.peek(|state| state.pending.clone()) {
            outbox.keep(&pending);
        }
        self.outbox.set_value(Some(outbox));
        self.adopt().await;
    }

    /// Once it is open, the outbox has what the state has pending, and nothing else.
    pub(super) fn fill_outbox(self) {
        let now = self.peek(|state| state.pending.clone());
        let before = self.session.try_update_value(|session| mem::replace(&mut session.pending, now.clone()));
        self.outbox.with_value(|outbox| keep_changes(outbox.as_ref(), &before.unwrap_or_default(), &now));
    }

    /// Takes over what closed tabs have left in the outbox.
    pub(super) async fn adopt(self) {
        let Some(outbox) = self.outbox.get_value() else { return };
        let kept = outbox.adopt().await;
        if kept.is_empty() {
            return;
        }
        let ids: Vec<MessageId> = kept.iter().map(|pending| pending.message.id).collect();
        self.apply(Change::Restored(kept));
        if self.peek(|state| state.link == Link::Live) {
            for message in self.peek(ChatState::unsent).into_iter().filter(|message| ids.contains(&message.id)) {
                self.deliver(message);
            }
        }
    }

    /// The way that a message of this page has come.
    pub fn journey(self, id: MessageId) -> Option<Journey> {
        self.session.with_value(|session| session.journey(id))
    }

    fn note(self, id: MessageId, step: impl FnOnce(&mut Journey)) {
        self.session.try_update_value(|session| step(session.on_its_way(id)));
    }
}

fn keep_changes(outbox: Option<&Outbox>, before: &[Pending], now: &[Pending]) {
    let Some(outbox) = outbox else { return };
    for pending in now.iter().filter(|pending| !before.contains(pending)) {
        outbox.keep(pending);
    }
    let is_gone = |old: &&Pending| now.iter().all(|pending| pending.message.id != old.message.id);
    for old in before.iter().filter(is_gone) {
        outbox.forget(old.message.id);
    }
}
