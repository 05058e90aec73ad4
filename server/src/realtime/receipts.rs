//! Read receipts: batches read positions and publishes them to the other members of small rooms.

use common::{PersonId, RoomId};
use std::{
    collections::{HashMap, HashSet},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// The unpublished read positions, by room and person.
#[derive(Clone, Default)]
pub struct Receipts {
    moved: Arc<Mutex<HashMap<RoomId, HashSet<PersonId>>>>,
    change: Arc<Notify>,
}

impl Receipts {
    /// Records a person's new read position.
    pub fn note(&self, room: RoomId, person: PersonId) {
        self.lock().entry(room).or_default().insert(person);
        self.change.notify_one();
    }

    /// Waits for new read positions since the last call.
    pub async fn changed(&self) -> HashMap<RoomId, HashSet<PersonId>> {
        loop {
            let moved = mem::take(&mut *self.lock());
            if !moved.is_empty() {
                return moved;
            }
            self.change.notified().await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<RoomId, HashSet<PersonId>>> {
        // A panic leaves the positions consistent.
        self.moved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[tokio::test]
    async fn many_reads_are_one_batch() {
        let receipts = Receipts::default();
        let (room, ada, grace) = (RoomId::new(), PersonId::new(), PersonId::new());
        for person in [ada, grace, ada] {
            receipts.note(room, person);
        }
        assert_eq!(receipts.changed().await, HashMap::from([(room, HashSet::from([ada, grace]))]));
        assert_eq!(receipts.changed().now_or_never(), None);
    }
}
