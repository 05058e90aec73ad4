//! Refuses unknown namespaces.

use super::link::{Candidate, Link};
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct Nowhere;

impl Link for Nowhere {
    fn name(&self) -> &'static str {
        "namespace"
    }

    fn check<'a>(&'a self, candidate: &'a mut Candidate) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let _ = candidate;
            Err(Code::UnknownNamespace.into())
        })
    }
}
