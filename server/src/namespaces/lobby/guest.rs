//! A guest of the lobby: one connection, from its admission to its end.

use super::{
    delivery::{Delivery, EVERYONE, in_room},
    nicknames::NicknameLease,
    pace::{Pace, Step},
};
use crate::realtime::{caller::Caller, handle::ConnectionHandle, middleware};
use common::{
    Code, Refusal, limits,
    lobby::{Namespace, Nickname, WELCOME, Welcome},
};
use socketioxide::extract::SocketRef;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::Error;

/// A handle to a guest; cheap to clone.
#[derive(Clone)]
pub(super) struct Guest(Arc<Parts>);

struct Parts {
    namespace: Namespace,
    pace: Pace,
    handle: ConnectionHandle,
    delivery: Delivery,
    nickname: NicknameLease,
    stay: Mutex<Stay>,
}

/// Lifecycle of a connection. A closed connection enters no room, because nothing would remove it again.
enum Stay {
    Coming,
    Here { rooms: Vec<String> },
    Gone,
}

impl Guest {
    pub(super) fn new(
        nickname: NicknameLease,
        namespace: Namespace,
        handle: ConnectionHandle,
        delivery: Delivery,
    ) -> Self {
        let stay = Mutex::new(Stay::Coming);
        Self(Arc::new(Parts { namespace, pace: Pace::default(), handle, delivery, nickname, stay }))
    }

    pub(super) fn nickname(&self) -> &Nickname {
        &self.0.nickname
    }

    pub(super) fn namespace(&self) -> Namespace {
        self.0.namespace
    }

    pub(super) fn delivery(&self) -> &Delivery {
        &self.0.delivery
    }

    /// The guest's socket; `None` after its end.
    pub(super) fn socket(&self) -> Option<SocketRef> {
        self.0.delivery.socket(self.0.namespace, self.0.handle.connection.sid())
    }

    pub(super) fn enters(&self, room: &str) -> Result<(), Refusal> {
        let mut stay = self.stay();
        let (Stay::Here { rooms }, Some(socket)) = (&mut *stay, self.socket()) else { return Ok(()) };
        if rooms.iter().any(|known| known == room) {
            return Ok(());
        }
        if rooms.len() >= limits::LOBBY_ROOMS {
            return Err(Code::TooManyRooms.into());
        }
        rooms.push(room.to_owned());
        socket.join(in_room(room));
        Ok(())
    }

    pub(super) fn leaves(&self, room: &str) -> Result<(), Refusal> {
        let mut stay = self.stay();
        let (Stay::Here { rooms }, Some(socket)) = (&mut *stay, self.socket()) else { return Ok(()) };
        let place = rooms.iter().position(|known| known == room).ok_or(Code::NotAMember)?;
        rooms.remove(place);
        socket.leave(in_room(room));
        Ok(())
    }

    pub(super) fn is_in(&self, room: &str) -> bool {
        matches!(&*self.stay(), Stay::Here { rooms } if rooms.iter().any(|known| known == room))
    }

    /// Disconnects a client that keeps sending refused events. Official clients do not reconnect by themselves.
    fn disconnect(&self) {
        let Some(socket) = self.socket() else { return };
        tracing::debug!(namespace = socket.ns(), "the server disconnects a client that ignores refusals");
        if let Err(error) = socket.disconnect() {
            tracing::debug!(%error, "the connection was closed already");
        }
    }

    fn stay(&self) -> MutexGuard<'_, Stay> {
        self.0.stay.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Caller for Guest {
    type Start = ();
    const LOGS_REFUSALS_AS: Option<&'static str> = Some("lobby");

    fn handle(&self) -> &ConnectionHandle {
        &self.0.handle
    }

    fn is_welcome(&self) -> Result<(), Code> {
        Ok(())
    }

    fn pace(&self, event: &'static str) -> Result<(), Refusal> {
        match self.0.pace.step() {
            Step::Taken => Ok(()),
            Step::TooFast(refusal) => {
                middleware::refused(self.handle(), "rate", event, &refusal);
                Err(refusal)
            }
            Step::Deaf => {
                self.disconnect();
                Err(Code::TooFast.into())
            }
        }
    }

    async fn begin(&self, socket: &SocketRef, (): ()) -> Result<(), Error> {
        *self.stay() = Stay::Here { rooms: Vec::new() };
        let welcome = Welcome { you: self.nickname().clone(), namespace: self.namespace() };
        if let Err(error) = socket.emit(WELCOME, &welcome) {
            tracing::debug!(%error, "a welcome could not be sent");
        }
        socket.join(EVERYONE);
        Ok(())
    }

    fn end(&self) {
        *self.stay() = Stay::Gone;
    }
}
