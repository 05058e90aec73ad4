//! Nobody, and no address, has more connections than they should. The last link: it counts them.

use super::{Link, Visitor};
use common::Refusal;
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
            let seat = connections.arrive(visitor.socket(), visitor.address, person, visitor.namespace)?;
            visitor.seat = Some(seat);
            Ok::<(), Refusal>(())
        })
    }
}
