//! Connect middleware: a chain of links for each namespace. A refusal is a CONNECT_ERROR with the refusal as
//! JSON: a code for programs and a sentence for people.
//!
//! A new link is a file with a [`Link`], and a line in the chains that it belongs to.
//!
//! A link records what it finds on the [`Candidate`], such as the session, for the links after it. The last
//! link counts the connection.
//!
//! Rights can change while a connection is open. A changed role, a deactivated account, a ban, and the end of
//! a session or token close the connections concerned, in all namespaces, right after the commit. Clients
//! reconnect and pass the chain again.

use super::under;
use common::{Code, Refusal};

mod account;
mod address;
mod connections;
mod gate;
mod link;
mod lobby;
mod nowhere;
mod origin;
mod role;
mod session;
mod token;
pub use gate::Gate;
pub use link::{Auth, Candidate};

use link::Link;

/// The chain of `/chat`.
pub const MEMBERS: Chain =
    &[&origin::Origin, &address::Address, &session::OfSession, &account::Account, &connections::Connections];
/// The chain of `/admin`.
pub const ADMINS: Chain = &[
    &origin::Origin,
    &address::Address,
    &session::OfSession,
    &account::Account,
    &role::Admin,
    &connections::Connections,
];

/// The chain of `/bot`.
pub const PROGRAMS: Chain = &[&origin::Origin, &address::Address, &token::Token, &connections::Connections];

/// The chain of the lobby.
pub const VISITORS: Chain = &[&lobby::Lobby, &origin::Origin, &address::Address, &connections::Connections];

/// The chain of unknown namespaces.
pub const UNKNOWN: Chain = &[&origin::Origin, &address::Address, &nowhere::Nowhere];

/// Maximum number of refused namespaces per connection. The server then closes the connection.
const MOST_REFUSALS: u32 = 100;

pub type Chain = &'static [&'static dyn Link];

/// Runs a chain for a candidate.
///
/// # Errors
/// The refusal as JSON, for the CONNECT_ERROR.
pub async fn pass(chain: Chain, mut candidate: Candidate) -> Result<Candidate, String> {
    let transport = under::transport(candidate.socket().req_parts());
    if transport.refusals() >= MOST_REFUSALS {
        // The server looks nothing more up for it, even where it polls and cannot be closed.
        transport.hang_up();
        return Err(written(&Code::TooFast.into()));
    }
    for link in chain {
        if let Err(refusal) = link.check(&mut candidate).await {
            transport.refused();
            candidate.gate.realtime.refusals.write(candidate.source(), link.name(), None, &refusal);
            tracing::debug!(
                namespace = candidate.socket().ns(),
                middleware = link.name(),
                code = refusal.code.name(),
                "a connection was refused"
            );
            return Err(written(&refusal));
        }
    }
    Ok(candidate)
}

/// Encodes a refusal as the message of a CONNECT_ERROR.
pub fn written(refusal: &Refusal) -> String {
    serde_json::to_string(refusal).unwrap_or_else(|_| refusal.message.clone())
}
