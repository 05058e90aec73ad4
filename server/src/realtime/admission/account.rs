//! Checks that the account is active and not banned.

use super::link::{Candidate, Link};
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct Account;

impl Link for Account {
    fn name(&self) -> &'static str {
        "account"
    }

    fn check<'a>(&'a self, candidate: &'a mut Candidate) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let identity = candidate.identity.as_ref().ok_or(Code::NotSignedIn)?;
            if identity.account.deactivated {
                return Err(Code::Deactivated.into());
            }
            if candidate.gate.bans.has_person(identity.session.person) { Err(Code::Banned.into()) } else { Ok(()) }
        })
    }
}
