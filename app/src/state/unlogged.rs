//! Of which things that are in no log something was said on the connection that there is now. A snapshot may have
//! been written before that: what was heard holds, and what the snapshot knows better is still on its way.

use super::ChatState;
use common::{MessageId, PersonId, ServerEvent, notifications::Quiet, people::Person, presence::Presence};
use litemap::LiteMap;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Person,
    Presence,
    Saved,
    Blocked,
    Quiet,
}

#[derive(Clone, Debug, Default)]
pub struct Unlogged(LiteMap<(Kind, Uuid), ()>);

/// It is how the state came to be, and no part of it.
impl PartialEq for Unlogged {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Unlogged {
    /// Takes note of what replaces what a snapshot says.
    pub fn note(&mut self, event: &ServerEvent) {
        let key = match event {
            ServerEvent::PersonChanged(person) => (Kind::Person, person.id.0),
            ServerEvent::SavedAdded(moved) | ServerEvent::SavedRemoved(moved) => (Kind::Saved, moved.message.0),
            ServerEvent::PersonBlocked(blocked) => (Kind::Blocked, blocked.person.0),
            ServerEvent::QuietChanged(_) => (Kind::Quiet, Uuid::nil()),
            ServerEvent::PresenceChanged(changed) => {
                for one in &changed.people {
                    self.0.insert((Kind::Presence, one.person.0), ());
                }
                return;
            }
            _ => return,
        };
        self.0.insert(key, ());
    }
}

/// What a snapshot replaces that is in no log.
pub struct Before {
    pub people: LiteMap<PersonId, Arc<Person>>,
    pub presence: LiteMap<PersonId, Presence>,
    pub saved: LiteMap<MessageId, ()>,
    pub blocked: Vec<PersonId>,
    pub quiet: Quiet,
}

impl ChatState {
    /// Puts back what was heard on this connection.
    pub(super) fn put_back(&mut self, before: Before) {
        let heard: Vec<(Kind, Uuid)> = self.unlogged.0.iter().map(|(key, ())| *key).collect();
        for (kind, id) in heard {
            let (person, message) = (PersonId(id), MessageId(id));
            match kind {
                Kind::Person => replace(&mut self.people, person, before.people.get(&person).cloned()),
                Kind::Presence => replace(&mut self.presence, person, before.presence.get(&person).copied()),
                Kind::Saved => replace(&mut self.saved, message, before.saved.get(&message).copied()),
                Kind::Blocked => {
                    self.blocked.retain(|blocked| *blocked != person);
                    self.blocked.extend(before.blocked.contains(&person).then_some(person));
                }
                Kind::Quiet => self.quiet = before.quiet.clone(),
            }
        }
    }
}

fn replace<K: Ord, V>(map: &mut LiteMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => drop(map.insert(key, value)),
        None => drop(map.remove(&key)),
    }
}
