//! Whose session it is: by the token in the CONNECT packet, or by the browser's cookie.

use super::Member;
use super::{Link, Visitor};
use crate::{accounts::sessions, error::Error};
use common::programs::TOKEN_PREFIX;
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct OfSession;

impl Link for OfSession {
    fn name(&self) -> &'static str {
        "session"
    }

    fn check<'a>(&'a self, visitor: &'a mut Visitor) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let state = &visitor.state;
            let seen = state.broadcasts.audience_changes();
            let headers = &visitor.socket().req_parts().headers;
            let token = visitor.auth.token.clone().or_else(|| sessions::token_in_cookie(headers, &state.config));
            let token = token.ok_or(Code::NotSignedIn)?;
            if token.starts_with(TOKEN_PREFIX) {
                return Err(Code::WrongToken.into());
            }
            let found = state.lookups.find(&token).await.map_err(Error::into_refusal)?;
            let (session, standing, rooms) = found.ok_or(Code::SessionExpired)?;
            visitor.member = Some(Member { session, standing, rooms, seen });
            Ok(())
        })
    }
}
