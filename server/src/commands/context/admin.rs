//! Context of the console's commands, and the lifecycle of an admin's connection.

use super::member;
use crate::{
    commands::services::Services,
    realtime::{admission::Candidate, audiences, caller::Caller, handle::ConnectionHandle},
};
use axum::http::header;
use common::Code;
use socketioxide::extract::SocketRef;
use std::{net::IpAddr, ops::Deref};
use store::{Error, people};

/// A member's context and the public address.
#[derive(Clone)]
pub struct Context {
    member: member::Context,
    /// The address that people type in.
    origin: String,
}

impl Deref for Context {
    type Target = member::Context;

    fn deref(&self) -> &member::Context {
        &self.member
    }
}

impl Context {
    /// For an admitted admin; `None` when the candidate has no identified person.
    pub fn of(candidate: &Candidate, services: Services) -> Option<Self> {
        let (member, _) = member::Context::of(candidate, services)?;
        Some(Self { member, origin: origin(candidate) })
    }

    /// The address of this connection's client.
    pub fn address(&self) -> IpAddr {
        self.handle().connection.address
    }

    /// The address that people type in, such as `https://chat.example.org`.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// The operator's public address, or the browser's.
fn origin(candidate: &Candidate) -> String {
    let said = candidate.gate.config.public_url.as_deref().map(|url| url.trim_end_matches('/').to_owned());
    let headers = &candidate.socket().req_parts().headers;
    let named = |name| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let of_page = || named(header::ORIGIN).or_else(|| Some(format!("http://{}", named(header::HOST)?)));
    said.or_else(of_page).unwrap_or_default()
}

impl Caller for Context {
    type Start = ();

    fn handle(&self) -> &ConnectionHandle {
        self.member.handle()
    }

    fn is_welcome(&self) -> Result<(), Code> {
        self.member.is_welcome()
    }

    async fn begin(&self, socket: &SocketRef, (): ()) -> Result<(), Error> {
        socket.join([audiences::person(self.person), audiences::session(&self.session.key())]);
        self.console.opened();
        // The role may have changed, or the session ended, during admission.
        self.is_still_signed_in().await?;
        let person = people::verbs::person(&self.db, self.person).await?;
        if !person.role.is_admin() {
            return Err(Code::NotAnAdmin.into());
        }
        Ok(())
    }

    fn end(&self) {
        self.console.closed();
    }
}
