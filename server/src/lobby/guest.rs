//! Somebody in the lobby: one connection, from when it is let in until it goes.

use super::{
    delivery::{EVERYONE, in_room},
    nicknames::Taken,
    pace::Pace,
};
use crate::namespaces::Entered;
use common::{
    Code, Refusal, limits,
    lobby::{Namespace, Nickname, WELCOME, Welcome},
};
use socketioxide::socket::Socket;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(super) struct Guest {
    pub namespace: Namespace,
    pub pace: Pace,
    pub entered: Entered,
    nickname: Taken,
    stay: Mutex<Stay>,
}

/// How far a connection has come. Whoever is gone enters nothing any more: nobody would take them out again.
enum Stay {
    Coming,
    Here { rooms: Vec<String> },
    Gone,
}

impl Guest {
    pub(super) fn new(nickname: Taken, namespace: Namespace, entered: Entered) -> Self {
        Self { namespace, pace: Pace::default(), entered, nickname, stay: Mutex::new(Stay::Coming) }
    }

    pub(super) fn nickname(&self) -> &Nickname {
        &self.nickname
    }

    /// Is told who they are, and is among everyone from here on. An event that is here before the connect
    /// handler comes first: who says something hears themselves.
    pub(super) fn arrives(&self, socket: &Socket) {
        let mut stay = self.stay();
        if !matches!(*stay, Stay::Coming) {
            return;
        }
        *stay = Stay::Here { rooms: Vec::new() };
        tracing::info!(name = self.nickname.name, namespace = socket.ns(), "connected");
        let welcome = Welcome { you: self.nickname().clone(), namespace: self.namespace };
        if let Err(error) = socket.emit(WELCOME, &welcome) {
            tracing::debug!(%error, "a connection could not be welcomed");
        }
        socket.join(EVERYONE);
    }

    pub(super) fn enters(&self, room: &str, socket: &Socket) -> Result<(), Refusal> {
        let mut stay = self.stay();
        let Stay::Here { rooms } = &mut *stay else { return Ok(()) };
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

    pub(super) fn leaves(&self, room: &str, socket: &Socket) -> Result<(), Refusal> {
        let mut stay = self.stay();
        let Stay::Here { rooms } = &mut *stay else { return Ok(()) };
        let place = rooms.iter().position(|known| known == room).ok_or(Code::NotAMember)?;
        rooms.remove(place);
        socket.leave(in_room(room));
        Ok(())
    }

    pub(super) fn is_in(&self, room: &str) -> bool {
        matches!(&*self.stay(), Stay::Here { rooms } if rooms.iter().any(|known| known == room))
    }

    pub(super) fn goes(&self, reason: &str) {
        *self.stay() = Stay::Gone;
        self.entered.leave(reason);
        tracing::info!(name = self.nickname.name, namespace = self.namespace.path(), "disconnected");
    }

    fn stay(&self) -> MutexGuard<'_, Stay> {
        self.stay.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
