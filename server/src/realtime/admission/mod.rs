//! Connect middleware: a chain for each namespace, link by link. A refusal is a CONNECT_ERROR whose message
//! is the refusal as JSON: a code for programs, and a sentence for people.
//!
//! A new link is a file with a [`Link`], and a line in the chains that it belongs to.

use super::{connections::NamespaceSlot, handle::ConnectionHandle, handshake, origin as origins};
use crate::operations::refusals::Source;
use common::{Code, PersonId, Refusal, RoomId};
use futures::future::BoxFuture;
use serde::Deserialize;
use socketioxide::extract::{SocketRef, TryData};
use std::{net::IpAddr, sync::Arc};
use store::{
    programs::ProgramIdentity,
    sessions::{lookup::AccountStatus, verbs::Session},
};

mod account;
mod address;
mod connections;
mod gate;
mod lobby;
mod nowhere;
mod origin;
mod role;
mod session;
mod token;

pub use gate::Gate;

/// Into `/chat`.
pub const MEMBERS: Chain =
    &[&origin::Origin, &address::Address, &session::OfSession, &account::Account, &connections::Connections];
/// Into `/admin`.
pub const ADMINS: Chain = &[
    &origin::Origin,
    &address::Address,
    &session::OfSession,
    &account::Account,
    &role::Admin,
    &connections::Connections,
];

/// Into `/bot`.
pub const PROGRAMS: Chain = &[&origin::Origin, &address::Address, &token::Token, &connections::Connections];

/// Into the lobby.
pub const VISITORS: Chain = &[&lobby::Lobby, &origin::Origin, &address::Address, &connections::Connections];

/// Into namespaces that do not exist.
pub const UNKNOWN: Chain = &[&origin::Origin, &address::Address, &nowhere::Nowhere];

/// Over one connection nobody knocks more often than this in vain: then it is closed.
const MOST_REFUSALS: u32 = 100;

pub type Chain = &'static [&'static dyn Link];

/// One small check at the door.
pub trait Link: Send + Sync {
    /// What it is called in the door log.
    fn name(&self) -> &'static str;

    /// Lets the candidate go on, and may note on them what it has found.
    fn check<'a>(&'a self, candidate: &'a mut Candidate) -> BoxFuture<'a, Result<(), Refusal>>;
}

/// What a client says in its CONNECT packet.
#[derive(Default, Deserialize)]
pub struct Auth {
    /// From programs, which have no cookies.
    pub token: Option<String>,
    /// Whether it takes several events in one packet.
    #[serde(default)]
    pub batch: bool,
}

/// A socket that asks for admission to a namespace, and what the links have found so far.
pub struct Candidate {
    socket: SocketRef,
    pub namespace: &'static str,
    pub auth: Auth,
    pub gate: Gate,
    pub address: IpAddr,
    pub identity: Option<Identity>,
    pub program: Option<Arc<ProgramIdentity>>,
    /// The place of the connection that they come over, once it is counted.
    pub slot: Option<Arc<NamespaceSlot>>,
}

/// The person of a session, as the session lookup found them.
pub struct Identity {
    pub session: Session,
    pub account: AccountStatus,
    pub rooms: Vec<RoomId>,
    /// How often audiences had changed before the rooms were looked up.
    pub seen: u64,
}

impl Candidate {
    pub fn new(socket: SocketRef, namespace: &'static str, TryData(auth): TryData<Auth>, gate: Gate) -> Self {
        let address = origins::client_address(socket.req_parts(), &gate.config);
        let auth = auth.unwrap_or_default();
        Self { socket, namespace, auth, gate, address, identity: None, program: None, slot: None }
    }

    pub fn socket(&self) -> &SocketRef {
        &self.socket
    }

    pub fn person(&self) -> Option<PersonId> {
        self.identity.as_ref().map(|identity| identity.session.person)
    }

    /// Where it comes from, for the refusal log.
    fn source(&self) -> Source {
        Source {
            namespace: self.socket.ns().to_owned(),
            address: self.address,
            connection: None,
            person: self.person(),
            program: self.program.clone(),
        }
    }

    /// The connection in its namespace. Known when the chain has ended.
    pub fn handle(&self) -> Option<ConnectionHandle> {
        let slot = self.slot.clone()?;
        let (connection, realtime) = (slot.connection.clone(), self.gate.realtime.clone());
        let (person, program) = (self.person(), self.program.clone());
        Some(ConnectionHandle { namespace: self.namespace, connection, slot: Some(slot), person, program, realtime })
    }
}

/// Has a candidate pass a chain.
///
/// # Errors
/// The refusal as JSON, for the CONNECT_ERROR.
pub async fn pass(chain: Chain, mut candidate: Candidate) -> Result<Candidate, String> {
    let transport = handshake::transport(candidate.socket.req_parts());
    if transport.refusals() >= MOST_REFUSALS {
        // Nothing is looked up for it any more, also where it polls and cannot be hung up on.
        transport.hang_up();
        return Err(written(&Code::TooFast.into()));
    }
    for link in chain {
        if let Err(refusal) = link.check(&mut candidate).await {
            transport.refused();
            candidate.gate.realtime.refusals.write(candidate.source(), link.name(), None, &refusal);
            tracing::debug!(
                namespace = candidate.socket.ns(),
                middleware = link.name(),
                code = refusal.code.name(),
                "a connection was refused"
            );
            return Err(written(&refusal));
        }
    }
    Ok(candidate)
}

/// A refusal, as the message of a CONNECT_ERROR.
pub fn written(refusal: &Refusal) -> String {
    serde_json::to_string(refusal).unwrap_or_else(|_| refusal.message.clone())
}
