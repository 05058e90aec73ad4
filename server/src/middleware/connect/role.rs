//! Only owners and admins see the console.

use super::{Link, Visitor};
use common::people::Role;
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct Admin;

impl Link for Admin {
    fn name(&self) -> &'static str {
        "role"
    }

    fn check<'a>(&'a self, visitor: &'a mut Visitor) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let role = visitor.member.as_ref().map(|member| member.standing.role);
            if role.is_some_and(Role::is_admin) { Ok(()) } else { Err(Code::NotAnAdmin.into()) }
        })
    }
}
