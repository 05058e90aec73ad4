//! Nobody, and no address, has more connections than they should. The last link: it counts them.

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
            // Whoever was banned since the chain began is either seen here, or was counted when those who are
            // here were closed.
            let bans = &candidate.gate.bans;
            let is_banned = bans.has_address(candidate.address) || person.is_some_and(|person| bans.has_person(person));
            if is_banned { Err(Code::Banned.into()) } else { Ok(()) }
        })
    }
}
