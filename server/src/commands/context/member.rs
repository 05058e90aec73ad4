//! Context of members' commands, and the lifecycle of a member's connection.

use crate::{
    commands::services::Services,
    realtime::{admission::Candidate, audiences, caller::Caller, handle::ConnectionHandle, packings::Packing},
};
use common::{Code, ConnectionId, PersonId, RoomId, people::Role};
use socketioxide::extract::SocketRef;
use std::ops::Deref;
use store::{
    Error,
    rooms::memberships,
    sessions::verbs::{self as sessions, Session},
    visibility,
};

/// All services and the caller.
#[derive(Clone)]
pub struct Context {
    services: Services,
    pub person: PersonId,
    pub connection: ConnectionId,
    pub packing: Packing,
    pub session: Session,
    is_guest: bool,
    handle: ConnectionHandle,
}

impl Deref for Context {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}

/// The rooms of a person at admission.
pub struct Rooms {
    known: Vec<RoomId>,
    /// The number of audience changes before the lookup of the rooms.
    seen: u64,
}

impl Context {
    /// For an admitted person; `None` when the candidate has no identified person.
    pub fn of(candidate: &Candidate, services: Services) -> Option<(Self, Rooms)> {
        let handle = candidate.handle()?;
        let identity = candidate.identity.as_ref()?;
        let ctx = Context {
            services,
            person: identity.session.person,
            connection: handle.id(),
            packing: if candidate.auth.batch { Packing::Batch } else { Packing::Single },
            session: identity.session.clone(),
            is_guest: identity.account.role == Role::Guest,
            handle,
        };
        Some((ctx, Rooms { known: identity.rooms.clone(), seen: identity.seen }))
    }

    /// Enters the audiences of the person's rooms. Later changes reach this connection through the audiences of
    /// its person and session. If an audience changed since the lookup, the lookup repeats until it is stable.
    async fn enter_rooms(&self, socket: &SocketRef, rooms: Rooms) -> Result<(), Error> {
        let Rooms { known: mut rooms, seen } = rooms;
        enter(socket, &rooms);
        if self.broadcasts.audience_changes() == seen {
            return Ok(());
        }
        let now = memberships::rooms_of(&self.db, self.person).await?;
        enter(socket, &now);
        let still = memberships::rooms_of(&self.db, self.person).await?;
        rooms.extend(now);
        let left = rooms.into_iter().filter(|room| !still.contains(room));
        socket.leave(left.map(audiences::room).collect::<Vec<_>>());
        let is_guest = visibility::is_guest(&self.db, self.person).await?;
        if is_guest != self.is_guest {
            socket.leave(circle(self.is_guest));
            socket.join(circle(is_guest));
        }
        self.is_still_signed_in().await
    }

    /// Checks that the session from admission still exists.
    ///
    /// # Errors
    /// [`Code::SessionExpired`]
    pub async fn is_still_signed_in(&self) -> Result<(), Error> {
        let is_open = sessions::is_open(&self.db, &self.session).await?;
        if is_open { Ok(()) } else { Err(Code::SessionExpired.into()) }
    }
}

impl Caller for Context {
    type Start = Rooms;

    fn handle(&self) -> &ConnectionHandle {
        &self.handle
    }

    fn is_welcome(&self) -> Result<(), Code> {
        if self.session.has_expired() { Err(Code::SessionExpired) } else { Ok(()) }
    }

    async fn begin(&self, socket: &SocketRef, rooms: Rooms) -> Result<(), Error> {
        let session = audiences::session(&self.session.key());
        socket.join([
            audiences::EVERYONE.into(),
            circle(self.is_guest).into(),
            self.packing.audience().into(),
            audiences::person(self.person),
            session,
        ]);
        self.broadcasts.arrived(self.packing);
        self.presence.arrive(self.person, self.connection);
        self.enter_rooms(socket, rooms).await
    }

    fn end(&self) {
        self.presence.depart(self.person, self.connection);
        self.broadcasts.departed(self.packing);
        self.deliveries.forget(self.connection);
        self.attention.forget(self.person, self.connection);
    }
}

/// The audience of members who see everyone, or of guests who do not.
fn circle(is_guest: bool) -> &'static str {
    if is_guest { audiences::GUESTS } else { audiences::MEMBERS }
}

fn enter(socket: &SocketRef, rooms: &[RoomId]) {
    socket.join(rooms.iter().copied().map(audiences::room).collect::<Vec<_>>());
}
