//! Nobody, and no address, has more connections than they should. The last link: it counts them.

use super::{Link, Visitor};
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct Connections;

impl Link for Connections {
    fn name(&self) -> &'static str {
        "connections"
    }

    fn check<'a>(&'a self, visitor: &'a mut Visitor) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let person = visitor.person();
            let connections = &visitor.state.operations.connections;
            let (address, program, namespace) = (visitor.address, visitor.program.clone(), visitor.namespace);
            let seat = connections.arrive(visitor.socket(), address, person, program, namespace)?;
            visitor.seat = Some(seat);
            // Whoever was banned since the chain began is either seen here, or was counted when those who are
            // here were closed.
            let bans = &visitor.state.bans;
            let is_banned = bans.has_address(visitor.address) || person.is_some_and(|person| bans.has_person(person));
            if is_banned { Err(Code::Banned.into()) } else { Ok(()) }
        })
    }
}
