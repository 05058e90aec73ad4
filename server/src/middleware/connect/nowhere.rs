//! There is no such namespace.

use super::{Link, Visitor};
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct Nowhere;

impl Link for Nowhere {
    fn name(&self) -> &'static str {
        "namespace"
    }

    fn check<'a>(&'a self, visitor: &'a mut Visitor) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let _ = visitor;
            Err(Code::UnknownNamespace.into())
        })
    }
}
