//! Limits connections per person and per address. As the last link it counts the connection.

use super::link::{Candidate, Link};
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct Connections;

impl Link for Connections {
    fn name(&self) -> &'static str {
        "connections"
    }

    fn check<'a>(&'a self, candidate: &'a mut Candidate) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let person = candidate.person();
            let connections = &candidate.gate.realtime.connections;
            let (address, program, namespace) = (candidate.address, candidate.program.clone(), candidate.namespace);
            let slot = connections.arrive(candidate.socket(), address, person, program, namespace)?;
            candidate.slot = Some(slot);
            // A ban may start while the chain runs. Either this check sees it, or the ban closes the
            // connection, which is counted already.
            let bans = &candidate.gate.bans;
            let is_banned = bans.has_address(candidate.address) || person.is_some_and(|person| bans.has_person(person));
            if is_banned { Err(Code::Banned.into()) } else { Ok(()) }
        })
    }
}
