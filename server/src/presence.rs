//! Who is connected now, counted per person.

use common::{PersonId, presence::Presence as Online};
use std::{
    collections::{HashMap, HashSet},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// How many connections each person has, and whose count has changed since that was last told.
#[derive(Clone, Default)]
pub struct Presence {
    counts: Arc<Mutex<Counts>>,
    change: Arc<Notify>,
}

#[derive(Default)]
struct Counts {
    /// People without a connection are not listed.
    connections: HashMap<PersonId, u32>,
    changed: HashSet<PersonId>,
    total: u32,
}

impl Presence {
    /// Counts a new connection.
    pub fn arrive(&self, person: PersonId) {
        let mut counts = self.lock();
        *counts.connections.entry(person).or_default() += 1;
        counts.total += 1;
        self.note(counts, person);
    }

    /// Counts a connection that has gone.
    pub fn depart(&self, person: PersonId) {
        let mut counts = self.lock();
        let Some(count) = counts.connections.get_mut(&person) else { return };
        *count -= 1;
        if *count == 0 {
            counts.connections.remove(&person);
        }
        counts.total -= 1;
        self.note(counts, person);
    }

    fn note(&self, mut counts: MutexGuard<'_, Counts>, person: PersonId) {
        counts.changed.insert(person);
        drop(counts);
        self.change.notify_one();
    }

    /// Waits until somebody has come or gone since this was last asked; returns what is true of them now.
    pub async fn changed(&self) -> Vec<Online> {
        loop {
            let people = self.take_changed();
            if !people.is_empty() {
                return people;
            }
            self.change.notified().await;
        }
    }

    fn take_changed(&self) -> Vec<Online> {
        let mut counts = self.lock();
        let changed = mem::take(&mut counts.changed);
        let now = |person| Online { person, connections: counts.connections.get(&person).copied().unwrap_or(0) };
        changed.into_iter().map(now).collect()
    }

    /// Everyone who is online.
    pub fn online(&self) -> Vec<Online> {
        self.lock().connections.iter().map(|(&person, &connections)| Online { person, connections }).collect()
    }

    /// The connections of all people together.
    pub fn connections(&self) -> u32 {
        self.lock().total
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        // A panic while counting leaves whole numbers behind, so they are still good.
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[tokio::test]
    async fn a_person_is_online_until_the_last_device_has_gone() {
        let presence = Presence::default();
        let ada = PersonId::new();
        presence.arrive(ada);
        presence.arrive(ada);
        assert_eq!(presence.online(), [Online { person: ada, connections: 2 }]);
        presence.depart(ada);
        assert_eq!(presence.online(), [Online { person: ada, connections: 1 }]);
        presence.depart(ada);
        assert_eq!((presence.online(), presence.connections()), (vec![], 0));
    }

    #[tokio::test]
    async fn what_changed_is_told_once_and_as_it_is_now() {
        let presence = Presence::default();
        let (ada, grace) = (PersonId::new(), PersonId::new());
        for person in [ada, grace, ada] {
            presence.arrive(person);
        }
        presence.depart(grace);
        let mut told = presence.changed().await;
        told.sort_by_key(|person| person.connections);
        assert_eq!(told, [Online { person: grace, connections: 0 }, Online { person: ada, connections: 2 }]);
        assert_eq!(presence.changed().now_or_never(), None);
        presence.arrive(grace);
        assert_eq!(presence.changed().await, [Online { person: grace, connections: 1 }]);
    }
}
