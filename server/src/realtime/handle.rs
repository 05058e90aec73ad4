//! A connection in a namespace, for handlers and middleware.

use super::{
    connections::{Connection, NamespaceSlot},
    shared::Realtime,
    transport::Transport,
};
use crate::operations::refusals::Source;
use common::{Code, ConnectionId, PersonId};
use std::sync::Arc;
use store::programs::ProgramIdentity;

/// A connection in a namespace, of a person, a program or a guest of the lobby.
#[derive(Clone)]
pub struct ConnectionHandle {
    pub namespace: &'static str,
    pub connection: Arc<Connection>,
    /// Its slot in the namespace; `None` for a connection of a benchmark.
    pub slot: Option<Arc<NamespaceSlot>>,
    pub person: Option<PersonId>,
    pub program: Option<Arc<ProgramIdentity>>,
    pub realtime: Realtime,
}

impl ConnectionHandle {
    /// The origin of its events, for the refusal log.
    pub fn source(&self) -> Source {
        Source {
            namespace: self.namespace.to_owned(),
            address: self.connection.address,
            connection: Some(self.id()),
            person: self.person,
            program: self.program.clone(),
        }
    }

    pub fn id(&self) -> ConnectionId {
        self.connection.id
    }

    pub fn transport(&self) -> &Transport {
        &self.connection.transport
    }

    /// Frees its slot in the namespace.
    pub fn leave(&self, reason: &str) {
        if let Some(slot) = &self.slot {
            slot.leave(reason);
        }
    }

    /// Checks that it may still send commands here.
    ///
    /// # Errors
    /// [`Code::SessionExpired`] once this server has removed it from the namespace.
    pub fn is_here(&self) -> Result<(), Code> {
        let is_taken_away = self.slot.as_ref().is_some_and(|slot| slot.is_taken_away());
        if is_taken_away { Err(Code::SessionExpired) } else { Ok(()) }
    }
}
