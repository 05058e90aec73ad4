//! Delivery receipts: each connection reports the last event that it has of each room. In memory, for as long
//! as the connection lasts.

use common::{Code, ConnectionId, PersonId, RoomId, Seq, delivery::LogPosition, limits};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The last received position of each connection in each room.
#[derive(Clone, Default)]
pub struct DeliveryReceipts {
    connections: Arc<Mutex<HashMap<ConnectionId, Reported>>>,
}

struct Reported {
    person: PersonId,
    rooms: HashMap<RoomId, Seq>,
}

impl DeliveryReceipts {
    /// # Errors
    /// [`Code::TooLarge`] when a report exceeds the maximum number of rooms per connection.
    pub fn take(&self, connection: ConnectionId, person: PersonId, rooms: &[LogPosition]) -> Result<(), Code> {
        let mut connections = self.lock();
        let known =
            &mut connections.entry(connection).or_insert_with(|| Reported { person, rooms: HashMap::new() }).rooms;
        if known.len() + rooms.iter().filter(|place| !known.contains_key(&place.room)).count() > limits::REPORTED_ROOMS
        {
            return Err(Code::TooLarge);
        }
        known.extend(rooms.iter().map(|place| (place.room, place.seq)));
        Ok(())
    }

    /// Removes a closed connection.
    pub fn forget(&self, connection: ConnectionId) {
        self.lock().remove(&connection);
    }

    /// The people with a connection that has reported this position or a later one.
    pub fn reached(&self, room: RoomId, seq: Seq) -> HashSet<PersonId> {
        let connections = self.lock();
        let has = |reported: &&Reported| reported.rooms.get(&room).is_some_and(|complete| *complete >= seq);
        connections.values().filter(has).map(|reported| reported.person).collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ConnectionId, Reported>> {
        // A panic leaves the reports consistent.
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_from_one_connection_counts_for_the_person() {
        let reports = DeliveryReceipts::default();
        let (room, ada, laptop, phone) = (RoomId::new(), PersonId::new(), ConnectionId::new(), ConnectionId::new());
        reports.take(laptop, ada, &[LogPosition { room, seq: 7 }]).unwrap();
        reports.take(phone, ada, &[LogPosition { room, seq: 4 }]).unwrap();
        assert!(reports.reached(room, 7).contains(&ada));
        assert!(!reports.reached(room, 8).contains(&ada));
        reports.forget(laptop);
        assert!(!reports.reached(room, 7).contains(&ada));
        assert!(reports.reached(room, 4).contains(&ada));
    }

    #[test]
    fn a_connection_cannot_fill_the_memory_with_reports() {
        let reports = DeliveryReceipts::default();
        let (ada, laptop) = (PersonId::new(), ConnectionId::new());
        let many: Vec<_> = (0..limits::REPORTED_ROOMS).map(|_| LogPosition { room: RoomId::new(), seq: 1 }).collect();
        reports.take(laptop, ada, &many).unwrap();
        reports.take(laptop, ada, &many[..1]).unwrap();
        assert_eq!(reports.take(laptop, ada, &[LogPosition { room: RoomId::new(), seq: 1 }]), Err(Code::TooLarge));
    }
}
