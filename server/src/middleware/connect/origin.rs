//! A page of another site does not get in with the cookie of whoever looks at it.

use super::{Link, Visitor};
use crate::origin;
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct Origin;

impl Link for Origin {
    fn name(&self) -> &'static str {
        "origin"
    }

    fn check<'a>(&'a self, visitor: &'a mut Visitor) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let welcome = origin::is_welcome(&visitor.socket().req_parts().headers, &visitor.state.config);
            if welcome { Ok(()) } else { Err(Code::WrongOrigin.into()) }
        })
    }
}
