//! Addresses that are banned are kept out of all namespaces.

use super::{Link, Visitor};
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct Address;

impl Link for Address {
    fn name(&self) -> &'static str {
        "ban"
    }

    fn check<'a>(&'a self, visitor: &'a mut Visitor) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            if visitor.state.bans.has_address(visitor.address) { Err(Code::Banned.into()) } else { Ok(()) }
        })
    }
}
