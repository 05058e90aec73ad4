//! Finds the session by the token in the CONNECT packet, or by the browser's cookie.

use super::link::{Candidate, Identity, Link};
use crate::realtime::session_token;
use common::{Code, Refusal, programs::TOKEN_PREFIX};
use futures::future::BoxFuture;
use store::error::Error;

pub struct OfSession;

impl Link for OfSession {
    fn name(&self) -> &'static str {
        "session"
    }

    fn check<'a>(&'a self, candidate: &'a mut Candidate) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let gate = &candidate.gate;
            let seen = gate.realtime.broadcasts.audience_changes();
            let headers = &candidate.socket().req_parts().headers;
            let token = candidate.auth.token.clone().or_else(|| session_token::token_in_cookie(headers, &gate.config));
            let token = token.ok_or(Code::NotSignedIn)?;
            if token.starts_with(TOKEN_PREFIX) {
                return Err(Code::WrongToken.into());
            }
            let found = gate.lookups.find(&token).await.map_err(Error::into_refusal)?;
            let (session, account, rooms) = found.ok_or(Code::SessionExpired)?;
            candidate.identity = Some(Identity { session, account, rooms, seen });
            Ok(())
        })
    }
}
