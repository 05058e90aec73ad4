//! Admits only owners and admins to the console.

use super::link::{Candidate, Link};
use common::{Code, Refusal, people::Role};
use futures::future::BoxFuture;

pub struct Admin;

impl Link for Admin {
    fn name(&self) -> &'static str {
        "role"
    }

    fn check<'a>(&'a self, candidate: &'a mut Candidate) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let role = candidate.identity.as_ref().map(|identity| identity.account.role);
            if role.is_some_and(Role::is_admin) { Ok(()) } else { Err(Code::NotAnAdmin.into()) }
        })
    }
}
