//! Refuses banned addresses, in all namespaces.

use super::link::{Candidate, Link};
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct Address;

impl Link for Address {
    fn name(&self) -> &'static str {
        "ban"
    }

    fn check<'a>(&'a self, candidate: &'a mut Candidate) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            if candidate.gate.bans.has_address(candidate.address) { Err(Code::Banned.into()) } else { Ok(()) }
        })
    }
}
