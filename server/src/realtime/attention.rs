//! Attention: who is at one of their devices now, as their clients report. In memory only.

use common::{ConnectionId, PersonId};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The connections that report a present person.
#[derive(Clone, Default)]
pub struct Attention(Arc<Mutex<HashMap<PersonId, HashSet<ConnectionId>>>>);

impl Attention {
    /// Records whether a person is at a connection's device.
    pub fn note(&self, person: PersonId, connection: ConnectionId, here: bool) {
        if !here {
            return self.forget(person, connection);
        }
        self.lock().entry(person).or_default().insert(connection);
    }

    /// Removes a connection that has closed or reports an absent person.
    pub fn forget(&self, person: PersonId, connection: ConnectionId) {
        let mut people = self.lock();
        if let Some(connections) = people.get_mut(&person) {
            connections.remove(&connection);
            if connections.is_empty() {
                people.remove(&person);
            }
        }
    }

    /// Whether a person is at one of their devices.
    pub fn has(&self, person: PersonId) -> bool {
        self.lock().contains_key(&person)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PersonId, HashSet<ConnectionId>>> {
        // A panic leaves the sets consistent, so they stay usable.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_present_until_they_leave_their_last_device() {
        let (attention, ada) = (Attention::default(), PersonId::new());
        let (laptop, phone) = (ConnectionId::new(), ConnectionId::new());
        for device in [laptop, phone, phone] {
            attention.note(ada, device, true);
        }
        attention.note(ada, laptop, false);
        assert!(attention.has(ada));
        attention.forget(ada, phone);
        assert!(!attention.has(ada) && !attention.has(PersonId::new()));
    }
}
