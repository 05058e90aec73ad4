//! What the devices asked for and what the server acknowledged.

use common::{CommandId, MessageId, PersonId, RoomId, Seq, reactions::AddReaction};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A device's post, in the order in which it was sent.
#[derive(Clone, Debug)]
pub struct Post {
    pub device: usize,
    pub room: RoomId,
    pub id: MessageId,
    pub text: String,
    pub is_reply: bool,
    pub acknowledged: Option<Seq>,
    /// A full disk refused it once: it was sent again later, after others.
    pub was_refused: bool,
}

/// A device's change to one of its posts.
#[derive(Clone, Debug)]
pub struct Revision {
    pub id: CommandId,
    pub message: MessageId,
    /// `None` for a deletion.
    pub text: Option<String>,
    pub acknowledged: Option<Seq>,
}

/// A device's emoji under a message. None is taken away again.
#[derive(Clone, Debug)]
pub struct Reaction {
    pub room: RoomId,
    pub message: MessageId,
    pub emoji: String,
    pub person: PersonId,
    pub is_acknowledged: bool,
}

/// What someone said that they are up to.
#[derive(Clone, Debug)]
pub struct Said {
    pub person: PersonId,
    pub text: String,
    pub is_acknowledged: bool,
}

#[derive(Clone, Default)]
pub struct Entries {
    pub posts: Vec<Post>,
    pub revisions: Vec<Revision>,
    pub reactions: Vec<Reaction>,
    pub statuses: Vec<Said>,
    /// Acknowledgements that named another place than the one before them.
    pub contradictions: Vec<String>,
    /// Refusals that no device should get.
    pub refusals: HashMap<String, usize>,
    /// Answers that the disk is full.
    pub full: usize,
}

#[derive(Clone, Default)]
pub struct Ledger(Arc<Mutex<Entries>>);

impl Ledger {
    pub fn entries(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn posted(&self, id: MessageId, seq: Seq) {
        let mut entries = self.entries();
        let before =
            entries.posts.iter_mut().find(|post| post.id == id).and_then(|post| post.acknowledged.replace(seq));
        if before.is_some_and(|before| before != seq) {
            entries.contradictions.push(format!("{id} was stored as {before:?} and as {seq}"));
        }
    }

    pub fn reacted(&self, reaction: &AddReaction, person: PersonId) {
        let mut entries = self.entries();
        let is_it =
            |it: &&mut Reaction| it.message == reaction.message && it.emoji == reaction.emoji && it.person == person;
        let reactions = entries.reactions.iter_mut().filter(is_it);
        reactions.for_each(|reaction| reaction.is_acknowledged = true);
    }

    pub fn said(&self, text: &str) {
        let mut entries = self.entries();
        if let Some(said) = entries.statuses.iter_mut().find(|said| said.text == text) {
            said.is_acknowledged = true;
        }
    }

    pub fn revised(&self, id: CommandId, seq: Seq) {
        let mut entries = self.entries();
        let revision = entries.revisions.iter_mut().find(|revision| revision.id == id);
        let before = revision.and_then(|revision| revision.acknowledged.replace(seq));
        if before.is_some_and(|before| before != seq) {
            entries.contradictions.push(format!("{id} was stored as {before:?} and as {seq}"));
        }
    }
}
