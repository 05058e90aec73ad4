//! What commands of the console may use, and its connection from the beginning to the end.

use super::commands;
use crate::{
    accounts,
    bans::Bans,
    broadcasts::audience,
    chat,
    door_log::Operations,
    error::Error,
    middleware::connect::{self, Visitor},
    namespaces::{self, Caller, Entered},
};
use axum::http::header;
use common::Code;
use socketioxide::extract::SocketRef;
use std::{net::IpAddr, ops::Deref};

/// What a command's handler may use: all that a member's may, and what there is to operate.
#[derive(Clone)]
pub struct Context {
    member: chat::Context,
    pub operations: Operations,
    pub bans: Bans,
    pub console: crate::console::Console,
    /// The address that people type in.
    origin: String,
}

impl Deref for Context {
    type Target = chat::Context;

    fn deref(&self) -> &chat::Context {
        &self.member
    }
}

impl Context {
    /// Where this connection comes from.
    pub fn address(&self) -> IpAddr {
        self.entered().connection.address
    }

    /// The address that people type in, such as `https://chat.example.org`.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// Makes the connection of an admin whom the door has let in ready for their commands.
///
/// # Errors
/// The refusal as JSON, when the door has not said whose it is.
pub fn prepare(visitor: Visitor) -> Result<(), String> {
    let (member, _) = chat::Context::of(&visitor).ok_or_else(|| connect::written(&Code::NotSignedIn.into()))?;
    let state = &visitor.state;
    let ctx = Context {
        operations: state.operations.clone(),
        bans: state.bans.clone(),
        console: state.console.clone(),
        origin: origin(&visitor),
        member,
    };
    namespaces::enter(visitor.socket(), ctx, &commands::ALL, ());
    Ok(())
}

/// As the operator says, or as the browser has it.
fn origin(visitor: &Visitor) -> String {
    let said = visitor.state.config.public_url.as_deref().map(|url| url.trim_end_matches('/').to_owned());
    let headers = &visitor.socket().req_parts().headers;
    let named = |name| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let of_page = || named(header::ORIGIN).or_else(|| Some(format!("http://{}", named(header::HOST)?)));
    said.or_else(of_page).unwrap_or_default()
}

impl Caller for Context {
    type Start = ();

    fn entered(&self) -> &Entered {
        self.member.entered()
    }

    fn is_welcome(&self) -> Result<(), Code> {
        self.member.is_welcome()
    }

    async fn begin(&self, socket: &SocketRef, (): ()) -> Result<(), Error> {
        socket.join([audience::person(self.person), audience::session(&self.session.key())]);
        self.console.opened();
        // They may have become something else, or been signed out, while they came in.
        self.is_still_signed_in().await?;
        let person = accounts::store::person(&self.db, self.person).await?;
        if !person.role.is_admin() {
            return Err(Code::NotAnAdmin.into());
        }
        Ok(())
    }

    fn end(&self) {
        self.console.closed();
    }
}
