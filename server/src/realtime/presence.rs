//! Presence: connections per person, and people who are away from all their connections.

use common::{ConnectionId, PersonId, presence::Presence as Online};
use std::{
    collections::{HashMap, HashSet},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// The number of connections of each person, and the people with unpublished changes.
#[derive(Clone, Default)]
pub struct Presence {
    counts: Arc<Mutex<Counts>>,
    change: Arc<Notify>,
}

#[derive(Default)]
struct Counts {
    /// Each connection, with whether its person is away. People without a connection are absent from the map.
    connections: HashMap<PersonId, Vec<(ConnectionId, bool)>>,
    changed: HashSet<PersonId>,
    total: u32,
}

impl Presence {
    /// Counts a new connection.
    pub fn arrive(&self, person: PersonId, connection: ConnectionId) {
        let mut counts = self.lock();
        counts.connections.entry(person).or_default().push((connection, false));
        counts.total += 1;
        self.note(counts, person);
    }

    /// Removes a closed connection.
    pub fn depart(&self, person: PersonId, connection: ConnectionId) {
        let mut counts = self.lock();
        let Some(connections) = counts.connections.get_mut(&person) else { return };
        connections.retain(|(other, _)| *other != connection);
        if connections.is_empty() {
            counts.connections.remove(&person);
        }
        counts.total -= 1;
        self.note(counts, person);
    }

    /// Records whether a connection's person is away. It ignores a connection that has closed.
    pub fn set_away(&self, person: PersonId, connection: ConnectionId, away: bool) {
        let mut counts = self.lock();
        let before = counts.now(person);
        let connections = counts.connections.get_mut(&person).into_iter().flatten();
        connections.filter(|(other, _)| *other == connection).for_each(|(_, is_away)| *is_away = away);
        if counts.now(person) != before {
            self.note(counts, person);
        }
    }

    fn note(&self, mut counts: MutexGuard<'_, Counts>, person: PersonId) {
        counts.changed.insert(person);
        drop(counts);
        self.change.notify_one();
    }

    /// Waits for changes since the last call; returns the current presence of the changed people.
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
        changed.into_iter().map(|person| counts.now(person)).collect()
    }

    /// Everyone who is online.
    pub fn online(&self) -> Vec<Online> {
        let counts = self.lock();
        counts.connections.keys().map(|&person| counts.now(person)).collect()
    }

    /// The number of all people's connections.
    pub fn connections(&self) -> u32 {
        self.lock().total
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        // A panic leaves the counts consistent, so they stay usable.
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    fn now(&self, person: PersonId) -> Online {
        let connections = self.connections.get(&person).map_or(&[][..], Vec::as_slice);
        let away = !connections.is_empty() && connections.iter().all(|(_, away)| *away);
        Online { person, connections: u32::try_from(connections.len()).unwrap_or(u32::MAX), away }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    fn online(person: PersonId, connections: u32) -> Online {
        Online { person, connections, away: false }
    }

    #[tokio::test]
    async fn a_person_is_online_until_their_last_device_disconnects() {
        let presence = Presence::default();
        let (ada, laptop, phone) = (PersonId::new(), ConnectionId::new(), ConnectionId::new());
        presence.arrive(ada, laptop);
        presence.arrive(ada, phone);
        assert_eq!(presence.online(), [online(ada, 2)]);
        presence.depart(ada, laptop);
        assert_eq!(presence.online(), [online(ada, 1)]);
        presence.depart(ada, phone);
        assert_eq!((presence.online(), presence.connections()), (vec![], 0));
    }

    #[tokio::test]
    async fn a_change_is_reported_once_with_its_latest_state() {
        let presence = Presence::default();
        let (ada, grace, graces) = (PersonId::new(), PersonId::new(), ConnectionId::new());
        for (person, connection) in [(ada, ConnectionId::new()), (grace, graces), (ada, ConnectionId::new())] {
            presence.arrive(person, connection);
        }
        presence.depart(grace, graces);
        let mut told = presence.changed().await;
        told.sort_by_key(|person| person.connections);
        assert_eq!(told, [online(grace, 0), online(ada, 2)]);
        assert_eq!(presence.changed().now_or_never(), None);
        presence.arrive(grace, graces);
        assert_eq!(presence.changed().await, [online(grace, 1)]);
    }

    #[test]
    fn a_person_is_away_when_all_their_devices_are_idle() {
        let (presence, ada) = (Presence::default(), PersonId::new());
        let (laptop, phone) = (ConnectionId::new(), ConnectionId::new());
        presence.arrive(ada, laptop);
        presence.arrive(ada, phone);
        let is_away = || presence.online()[0].away;
        presence.set_away(ada, laptop, true);
        presence.set_away(ada, laptop, true);
        assert!(!is_away());
        presence.set_away(ada, phone, true);
        assert!(is_away());
        presence.depart(ada, laptop);
        assert!(is_away());
        presence.set_away(ada, laptop, false);
        assert!(is_away(), "it has gone");
        presence.set_away(ada, phone, false);
        assert!(!is_away());
    }
}
