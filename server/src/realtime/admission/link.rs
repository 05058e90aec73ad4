//! A link of the connect middleware, and its input.

use super::gate::Gate;
use crate::{
    operations::refusals::Source,
    realtime::{connections::NamespaceSlot, handle::ConnectionHandle, origin},
};
use common::{PersonId, Refusal, RoomId};
use futures::future::BoxFuture;
use serde::Deserialize;
use socketioxide::extract::{SocketRef, TryData};
use std::{net::IpAddr, sync::Arc};
use store::{
    programs::ProgramIdentity,
    sessions::{lookup::AccountStatus, verbs::Session},
};

/// One small admission check.
pub trait Link: Send + Sync {
    /// Its name in the refusal log.
    fn name(&self) -> &'static str;

    /// Passes the candidate on, or refuses it. It may record findings on the candidate.
    fn check<'a>(&'a self, candidate: &'a mut Candidate) -> BoxFuture<'a, Result<(), Refusal>>;
}

/// The payload of a client's CONNECT packet.
#[derive(Default, Deserialize)]
pub struct Auth {
    /// From programs, which have no cookies.
    pub token: Option<String>,
    /// Whether the client accepts batches: several events in one packet.
    #[serde(default)]
    pub batch: bool,
}

/// A socket that asks for admission to a namespace, and the findings of the links so far.
pub struct Candidate {
    socket: SocketRef,
    pub namespace: &'static str,
    pub auth: Auth,
    pub gate: Gate,
    pub address: IpAddr,
    pub identity: Option<Identity>,
    pub program: Option<Arc<ProgramIdentity>>,
    /// The connection's slot in the namespace, once it is counted.
    pub slot: Option<Arc<NamespaceSlot>>,
}

/// The person of a session, from the session lookup.
pub struct Identity {
    pub session: Session,
    pub account: AccountStatus,
    pub rooms: Vec<RoomId>,
    /// The number of audience changes before the lookup of the rooms.
    pub seen: u64,
}

impl Candidate {
    pub fn new(socket: SocketRef, namespace: &'static str, TryData(auth): TryData<Auth>, gate: Gate) -> Self {
        let address = origin::client_address(socket.req_parts(), &gate.config);
        let auth = auth.unwrap_or_default();
        Self { socket, namespace, auth, gate, address, identity: None, program: None, slot: None }
    }

    pub fn socket(&self) -> &SocketRef {
        &self.socket
    }

    pub fn person(&self) -> Option<PersonId> {
        self.identity.as_ref().map(|identity| identity.session.person)
    }

    /// The candidate's origin, for the refusal log.
    pub fn source(&self) -> Source {
        Source {
            namespace: self.socket.ns().to_owned(),
            address: self.address,
            connection: None,
            person: self.person(),
            program: self.program.clone(),
        }
    }

    /// The connection in its namespace. It exists after the chain has ended.
    pub fn handle(&self) -> Option<ConnectionHandle> {
        let slot = self.slot.clone()?;
        let (connection, realtime) = (slot.connection.clone(), self.gate.realtime.clone());
        let (person, program) = (self.person(), self.program.clone());
        Some(ConnectionHandle { namespace: self.namespace, connection, slot: Some(slot), person, program, realtime })
    }
}
