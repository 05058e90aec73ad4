//! Which program it is: by its token, which opens this door and no other.

use super::{Link, Visitor};
use crate::{error::Error, programs};
use common::programs::TOKEN_PREFIX;
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct Token;

impl Link for Token {
    fn name(&self) -> &'static str {
        "token"
    }

    fn check<'a>(&'a self, visitor: &'a mut Visitor) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let token = visitor.auth.token.as_deref().ok_or(Code::NotSignedIn)?;
            if !token.starts_with(TOKEN_PREFIX) {
                return Err(Code::WrongToken.into());
            }
            let found = programs::store::find(&visitor.state.db, token).await.map_err(Error::into_refusal)?;
            visitor.program = Some(found.ok_or(Code::WrongToken)?.into());
            Ok(())
        })
    }
}
