//! `reach:*`: how far the events of a room have come. What connections report is kept in memory, as
//! long as they stand.

use crate::{
    chat::{Context, Reply},
    error::Error,
    rooms::memberships,
};
use common::{
    Code, ConnectionId, PersonId, RoomId, Seq, limits,
    reach::{Complete, GetReach, Reach, ReportReach},
};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub async fn report(ctx: Context, command: ReportReach) -> Result<Reply<()>, Error> {
    ctx.reports.take(ctx.connection, ctx.person, &command.rooms)?;
    Ok(Reply::of(()))
}

pub async fn get(ctx: Context, command: GetReach) -> Result<Reply<Reach>, Error> {
    let GetReach { room, seq } = command;
    memberships::require(&ctx.db.read, ctx.person, room).await?;
    let members = memberships::members(&ctx.db.read, room).await?;
    let reached = ctx.reports.reached(room, seq);
    let connected: HashSet<PersonId> = ctx.presence.online().into_iter().map(|online| online.person).collect();
    let here = members.into_iter().filter(|person| *person != ctx.person && connected.contains(person));
    let mut reach = Reach { reached: 0, connected: 0 };
    for person in here {
        reach.connected += 1;
        reach.reached += u32::from(reached.contains(&person));
    }
    Ok(Reply::of(reach))
}

/// What each connection has of each room.
#[derive(Clone, Default)]
pub struct Reports {
    connections: Arc<Mutex<HashMap<ConnectionId, Reported>>>,
}

struct Reported {
    person: PersonId,
    rooms: HashMap<RoomId, Seq>,
}

impl Reports {
    /// # Errors
    /// [`Code::TooLarge`] when it is of more rooms than are kept for a connection.
    fn take(&self, connection: ConnectionId, person: PersonId, rooms: &[Complete]) -> Result<(), Code> {
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

    /// Forgets a connection that has gone.
    pub fn forget(&self, connection: ConnectionId) {
        self.lock().remove(&connection);
    }

    /// The people who have a connection that reported this place or a later one.
    fn reached(&self, room: RoomId, seq: Seq) -> HashSet<PersonId> {
        let connections = self.lock();
        let has = |reported: &&Reported| reported.rooms.get(&room).is_some_and(|complete| *complete >= seq);
        connections.values().filter(has).map(|reported| reported.person).collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ConnectionId, Reported>> {
        // A panic leaves whole reports behind.
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_it_on_one_of_their_connections_is_reached() {
        let reports = Reports::default();
        let (room, ada, laptop, phone) = (RoomId::new(), PersonId::new(), ConnectionId::new(), ConnectionId::new());
        reports.take(laptop, ada, &[Complete { room, seq: 7 }]).unwrap();
        reports.take(phone, ada, &[Complete { room, seq: 4 }]).unwrap();
        assert!(reports.reached(room, 7).contains(&ada));
        assert!(!reports.reached(room, 8).contains(&ada));
        reports.forget(laptop);
        assert!(!reports.reached(room, 7).contains(&ada));
        assert!(reports.reached(room, 4).contains(&ada));
    }

    #[test]
    fn a_connection_cannot_fill_the_memory_with_reports() {
        let reports = Reports::default();
        let (ada, laptop) = (PersonId::new(), ConnectionId::new());
        let many: Vec<_> = (0..limits::REPORTED_ROOMS).map(|_| Complete { room: RoomId::new(), seq: 1 }).collect();
        reports.take(laptop, ada, &many).unwrap();
        reports.take(laptop, ada, &many[..1]).unwrap();
        assert_eq!(reports.take(laptop, ada, &[Complete { room: RoomId::new(), seq: 1 }]), Err(Code::TooLarge));
    }
}
