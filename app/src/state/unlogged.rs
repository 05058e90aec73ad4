//! Of which things that are in no log something was said on the connection that there is now. A snapshot may have
//! been written before that: what was heard holds, and what the snapshot knows better is still on its way.

use super::ChatState;
use common::{MessageId, PersonId, ServerEvent, notifications::Quiet, people::Person, presence::Presence};
use litemap::LiteMap;
use std::sync::Arc;

/// Whom one has blocked is not among it: after such an event, a snapshot is asked for anyway.
#[derive(Clone, Debug, Default)]
pub struct Unlogged {
    people: LiteMap<PersonId, ()>,
    presence: LiteMap<PersonId, ()>,
    saved: LiteMap<MessageId, ()>,
    quiet: bool,
}

/// It is how the state came to be, and no part of it.
impl PartialEq for Unlogged {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Unlogged {
    /// Takes note of what replaces what a snapshot says.
    pub fn note(&mut self, event: &ServerEvent) {
        match event {
            ServerEvent::PersonChanged(person) => drop(self.people.insert(person.id, ())),
            ServerEvent::SavedAdded(moved) | ServerEvent::SavedRemoved(moved) => {
                self.saved.insert(moved.message, ());
            }
            ServerEvent::QuietChanged(_) => self.quiet = true,
            ServerEvent::PresenceChanged(changed) => {
                for one in &changed.people {
                    self.presence.insert(one.person, ());
                }
            }
            _ => {}
        }
    }
}

/// What a snapshot replaces that is in no log.
pub struct Before {
    pub people: LiteMap<PersonId, Arc<Person>>,
    pub presence: LiteMap<PersonId, Presence>,
    pub saved: LiteMap<MessageId, ()>,
    pub quiet: Quiet,
}

impl ChatState {
    /// Puts back what was heard on this connection.
    pub(super) fn put_back(&mut self, before: Before) {
        let Unlogged { people, presence, saved, quiet } = self.unlogged.clone();
        for (person, ()) in people.iter() {
            if let Some(known) = before.people.get(person) {
                self.people.insert(*person, known.clone());
            }
        }
        for (&person, ()) in presence.iter() {
            let gone = Presence { person, connections: 0, away: false };
            self.count(before.presence.get(&person).copied().unwrap_or(gone));
        }
        for (message, ()) in saved.iter() {
            self.saved.remove(message);
            if before.saved.get(message).is_some() {
                self.saved.insert(*message, ());
            }
        }
        if quiet {
            self.quiet = before.quiet;
        }
    }
}
