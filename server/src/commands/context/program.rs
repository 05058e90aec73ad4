//! Context of programs' commands.

use crate::realtime::{admission::Candidate, audiences, caller::Caller, handle::ConnectionHandle};
use common::Code;
use socketioxide::extract::SocketRef;
use std::sync::Arc;
use store::{
    Error, clock,
    db::Db,
    programs::{self, ProgramIdentity},
};

#[derive(Clone)]
pub struct Context {
    pub db: Db,
    pub program: Arc<ProgramIdentity>,
    handle: ConnectionHandle,
}

impl Context {
    /// For an admitted program; `None` when the candidate has no identified program.
    pub fn of(candidate: &Candidate) -> Option<Self> {
        let (program, handle) = candidate.program.clone().zip(candidate.handle())?;
        Some(Self { db: handle.realtime.db.clone(), program, handle })
    }
}

impl Caller for Context {
    type Start = ();

    fn handle(&self) -> &ConnectionHandle {
        &self.handle
    }

    fn is_welcome(&self) -> Result<(), Code> {
        let is_valid = self.program.until.is_none_or(|until| until > clock::now());
        if is_valid { Ok(()) } else { Err(Code::WrongToken) }
    }

    async fn begin(&self, socket: &SocketRef, (): ()) -> Result<(), Error> {
        socket.join(audiences::program(self.program.id));
        // Its token may have been revoked during admission.
        let still = programs::list(&self.db).await?.iter().any(|program| program.id == self.program.id);
        if still { Ok(()) } else { Err(Code::WrongToken.into()) }
    }

    fn end(&self) {}
}
