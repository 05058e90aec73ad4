//! Connect middleware: a chain for each namespace, link by link. A refusal is a CONNECT_ERROR whose message
//! is the refusal as JSON: a code for programs, and a sentence for people.
//!
//! A new link is a file with a [`Link`], and a line in the chains that it belongs to.

mod account;
mod address;
mod connections;
mod lobby;
mod nowhere;
mod origin;
mod role;
mod session;
mod token;

use crate::{
    accounts::{Session, lookups::Standing},
    connections::Seat,
    namespaces::{Entered, handshake},
    origin as addresses,
    programs::Known,
    state::AppState,
};
use common::{Code, PersonId, Refusal, RoomId};
use futures::future::BoxFuture;
use serde::Deserialize;
use socketioxide::extract::{SocketRef, TryData};
use std::{net::IpAddr, sync::Arc};

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
/// Into what there is not.
pub const NOBODY: Chain = &[&origin::Origin, &address::Address, &nowhere::Nowhere];

/// Over one connection nobody knocks more often than this in vain: then it is closed.
const MOST_REFUSALS: u32 = 100;

pub type Chain = &'static [&'static dyn Link];

/// One small check at the door.
pub trait Link: Send + Sync {
    /// What it is called in the door log.
    fn name(&self) -> &'static str;

    /// Lets the visitor go on, and may note on them what it has found.
    fn check<'a>(&'a self, visitor: &'a mut Visitor) -> BoxFuture<'a, Result<(), Refusal>>;
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

/// Who stands at the door, and what the links have found so far.
pub struct Visitor {
    socket: SocketRef,
    pub namespace: &'static str,
    pub auth: Auth,
    pub state: AppState,
    pub address: IpAddr,
    pub member: Option<Member>,
    pub program: Option<Arc<Known>>,
    /// The place of the connection that they come over, once it is counted.
    pub seat: Option<Arc<Seat>>,
}

/// Whose session it is.
pub struct Member {
    pub session: Session,
    pub standing: Standing,
    pub rooms: Vec<RoomId>,
    /// How often audiences had changed before the rooms were looked up.
    pub seen: u64,
}

impl Visitor {
    pub fn new(socket: SocketRef, namespace: &'static str, TryData(auth): TryData<Auth>, state: AppState) -> Self {
        let address = addresses::client_address(socket.req_parts(), &state.config);
        let auth = auth.unwrap_or_default();
        Self { socket, namespace, auth, state, address, member: None, program: None, seat: None }
    }

    pub fn socket(&self) -> &SocketRef {
        &self.socket
    }

    pub fn into_socket(self) -> SocketRef {
        self.socket
    }

    pub fn person(&self) -> Option<PersonId> {
        self.member.as_ref().map(|member| member.session.person)
    }

    /// The connection in its namespace. Known when the chain has ended.
    pub fn entered(&self) -> Option<Entered> {
        let seat = self.seat.clone()?;
        let (connection, operations) = (seat.connection.clone(), self.state.operations.clone());
        let (person, program) = (self.person(), self.program.clone());
        Some(Entered { namespace: self.namespace, connection, seat: Some(seat), person, program, operations })
    }
}

/// Has a visitor pass a chain.
///
/// # Errors
/// The refusal as JSON, for the CONNECT_ERROR.
pub async fn pass(chain: Chain, mut visitor: Visitor) -> Result<Visitor, String> {
    let transport = handshake::transport(visitor.socket.req_parts());
    if transport.refusals() >= MOST_REFUSALS {
        // Nothing is looked up for it any more, also where it polls and cannot be hung up on.
        transport.hang_up();
        return Err(written(&Code::TooFast.into()));
    }
    for link in chain {
        if let Err(refusal) = link.check(&mut visitor).await {
            transport.refused();
            visitor.state.operations.door.connection(&visitor, link.name(), &refusal);
            tracing::debug!(
                namespace = visitor.socket.ns(),
                middleware = link.name(),
                code = refusal.code.name(),
                "a connection was refused"
            );
            return Err(written(&refusal));
        }
    }
    Ok(visitor)
}

/// A refusal, as the message of a CONNECT_ERROR.
pub fn written(refusal: &Refusal) -> String {
    serde_json::to_string(refusal).unwrap_or_else(|_| refusal.message.clone())
}
