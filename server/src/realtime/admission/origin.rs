//! Prevents cross-site WebSocket hijacking: a page of another site cannot use its visitor's cookie.

use super::link::{Candidate, Link};
use crate::realtime::origin;
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct Origin;

impl Link for Origin {
    fn name(&self) -> &'static str {
        "origin"
    }

    fn check<'a>(&'a self, candidate: &'a mut Candidate) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let welcome = origin::is_welcome(&candidate.socket().req_parts().headers, &candidate.gate.config);
            if welcome { Ok(()) } else { Err(Code::WrongOrigin.into()) }
        })
    }
}
