//! Who is connected now, counted per person.

use common::{PersonId, presence::Presence as Online};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many connections each person has; people without one are not listed.
#[derive(Clone, Default)]
pub struct Presence {
    connections: Arc<Mutex<HashMap<PersonId, u32>>>,
}

impl Presence {
    /// Counts a new connection; returns how many the person has now.
    pub fn arrive(&self, person: PersonId) -> u32 {
        let mut connections = self.lock();
        let count = connections.entry(person).or_default();
        *count += 1;
        *count
    }

    /// Counts a connection that has gone; returns how many the person has left.
    pub fn depart(&self, person: PersonId) -> u32 {
        let mut connections = self.lock();
        let Some(count) = connections.get_mut(&person) else { return 0 };
        *count = count.saturating_sub(1);
        let left = *count;
        if left == 0 {
            connections.remove(&person);
        }
        left
    }

    /// Everyone who is online.
    pub fn online(&self) -> Vec<Online> {
        self.lock().iter().map(|(&person, &connections)| Online { person, connections }).collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PersonId, u32>> {
        // A panic while counting leaves whole numbers behind, so the map is still good.
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_online_until_the_last_device_has_gone() {
        let presence = Presence::default();
        let ada = PersonId::new();
        assert_eq!((presence.arrive(ada), presence.arrive(ada)), (1, 2));
        assert_eq!(presence.depart(ada), 1);
        assert_eq!(presence.online(), [Online { person: ada, connections: 1 }]);
        assert_eq!(presence.depart(ada), 0);
        assert_eq!(presence.online(), []);
    }
}
