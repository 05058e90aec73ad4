//! The account is active, and its person is not banned.

use super::{Link, Visitor};
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct Account;

impl Link for Account {
    fn name(&self) -> &'static str {
        "account"
    }

    fn check<'a>(&'a self, visitor: &'a mut Visitor) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let member = visitor.member.as_ref().ok_or(Code::NotSignedIn)?;
            if member.standing.deactivated {
                return Err(Code::Deactivated.into());
            }
            if visitor.state.bans.has_person(member.session.person) { Err(Code::Banned.into()) } else { Ok(()) }
        })
    }
}
