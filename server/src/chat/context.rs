//! What commands of the chat may use, and a member's connection from its beginning to its end.

use super::commands;
use crate::{
    accounts::{Session, company, sessions},
    attention::Attention,
    broadcasts::{Broadcasts, Packing, audience},
    config::Config,
    db::Db,
    error::Error,
    files::Files,
    middleware::connect::{self, Visitor},
    namespaces::{self, Caller, Entered},
    presence::Presence,
    push::Pushes,
    reach::Reports,
    receipts::Receipts,
    rooms::memberships,
    search::Index,
};
use common::{Code, ConnectionId, PersonId, RoomId, people::Role};
use socketioxide::extract::SocketRef;
use std::sync::Arc;

/// What a command's handler may use.
#[derive(Clone)]
pub struct Context {
    pub db: Db,
    pub search: Index,
    pub config: Arc<Config>,
    pub files: Files,
    pub broadcasts: Broadcasts,
    pub presence: Presence,
    pub reports: Reports,
    pub attention: Attention,
    pub pushes: Pushes,
    pub receipts: Receipts,
    pub person: PersonId,
    pub connection: ConnectionId,
    pub packing: Packing,
    pub session: Session,
    is_guest: bool,
    entered: Entered,
}

/// The rooms of a person when their connection was let in.
pub struct Rooms {
    known: Vec<RoomId>,
    /// How often audiences had changed before that was looked up.
    seen: u64,
}

/// Makes the connection of somebody whom the door has let in ready for their commands.
///
/// # Errors
/// The refusal as JSON, when the door has not said whose it is.
pub fn prepare(visitor: Visitor) -> Result<(), String> {
    let (ctx, rooms) = Context::of(&visitor).ok_or_else(|| connect::written(&Code::NotSignedIn.into()))?;
    namespaces::enter(visitor.socket(), ctx, &commands::ALL, rooms);
    Ok(())
}

impl Context {
    /// What somebody at the door may use; `None` when it is not known who they are.
    pub fn of(visitor: &Visitor) -> Option<(Self, Rooms)> {
        let entered = visitor.entered()?;
        let member = visitor.member.as_ref()?;
        let state = visitor.state.clone();
        let ctx = Context {
            db: state.db,
            search: state.search,
            config: state.config,
            files: state.files,
            broadcasts: state.broadcasts,
            presence: state.presence,
            reports: state.reports,
            attention: state.attention,
            pushes: state.pushes,
            receipts: state.receipts,
            person: member.session.person,
            connection: entered.id(),
            packing: if visitor.auth.batch { Packing::Batch } else { Packing::Single },
            session: member.session.clone(),
            is_guest: member.standing.role == Role::Guest,
            entered,
        };
        Some((ctx, Rooms { known: member.rooms.clone(), seen: member.seen }))
    }

    /// Enters the audiences of the person's rooms. What changes from here on reaches this connection
    /// through its person's and its session's audience. What has changed since the rooms were looked up
    /// shows in another look, and what changes during that one, in yet another.
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
        socket.leave(left.map(audience::room).collect::<Vec<_>>());
        let is_guest = company::is_guest(&self.db, self.person).await?;
        if is_guest != self.is_guest {
            socket.leave(circle(self.is_guest));
            socket.join(circle(is_guest));
        }
        self.is_still_signed_in().await
    }

    /// The session that was found at the door has not ended meanwhile.
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

    fn entered(&self) -> &Entered {
        &self.entered
    }

    fn is_welcome(&self) -> Result<(), Code> {
        if self.session.has_expired() { Err(Code::SessionExpired) } else { Ok(()) }
    }

    async fn begin(&self, socket: &SocketRef, rooms: Rooms) -> Result<(), Error> {
        let session = audience::session(&self.session.key());
        socket.join([
            audience::EVERYONE.into(),
            circle(self.is_guest).into(),
            self.packing.audience().into(),
            audience::person(self.person),
            session,
        ]);
        self.broadcasts.arrived(self.packing);
        self.presence.arrive(self.person, self.connection);
        self.enter_rooms(socket, rooms).await
    }

    fn end(&self) {
        self.presence.depart(self.person, self.connection);
        self.broadcasts.departed(self.packing);
        self.reports.forget(self.connection);
        self.attention.forget(self.person, self.connection);
    }
}

/// The audience of those who know of everyone, or of those who do not.
fn circle(is_guest: bool) -> &'static str {
    if is_guest { audience::GUESTS } else { audience::MEMBERS }
}

fn enter(socket: &SocketRef, rooms: &[RoomId]) {
    socket.join(rooms.iter().copied().map(audience::room).collect::<Vec<_>>());
}
