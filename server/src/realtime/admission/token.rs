//! Finds the program by its token, which is valid for `/bot` only.

use super::link::{Candidate, Link};
use common::{Code, Refusal, programs::TOKEN_PREFIX};
use futures::future::BoxFuture;
use store::{error::Error, programs};

pub struct Token;

impl Link for Token {
    fn name(&self) -> &'static str {
        "token"
    }

    fn check<'a>(&'a self, candidate: &'a mut Candidate) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let token = candidate.auth.token.as_deref().ok_or(Code::NotSignedIn)?;
            if !token.starts_with(TOKEN_PREFIX) {
                return Err(Code::WrongToken.into());
            }
            let found = programs::find(&candidate.gate.realtime.db, token).await.map_err(Error::into_refusal)?;
            candidate.program = Some(found.ok_or(Code::WrongToken)?.into());
            Ok(())
        })
    }
}
