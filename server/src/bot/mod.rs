//! The `/bot` namespace, for programs: its door, and who a program is.

use crate::{
    broadcasts::audience,
    clock,
    db::Db,
    error::Error,
    middleware::connect::{self, Visitor},
    namespaces::{self, Caller, Commands, Entered},
    programs::{self, Known},
};
use common::Code;
use socketioxide::extract::SocketRef;
use std::sync::{Arc, LazyLock};

pub const PATH: &str = "/bot";

/// Every command, a line each.
static COMMANDS: LazyLock<Commands<Context>> = LazyLock::new(|| {
    let mut all = Commands::default();
    all.add(programs::whoami);
    all
});

/// What a program's commands may use.
#[derive(Clone)]
pub struct Context {
    pub db: Db,
    pub program: Arc<Known>,
    entered: Entered,
}

/// Makes the connection of a program that the door has let in ready for its commands.
///
/// # Errors
/// The refusal as JSON, when the door has not said which it is.
pub fn prepare(visitor: Visitor) -> Result<(), String> {
    let known = visitor.program.clone().zip(visitor.entered());
    let (program, entered) = known.ok_or_else(|| connect::written(&Code::WrongToken.into()))?;
    let ctx = Context { db: visitor.state.db.clone(), program, entered };
    namespaces::enter(visitor.socket(), ctx, &COMMANDS, ());
    Ok(())
}

impl Caller for Context {
    type Start = ();

    fn entered(&self) -> &Entered {
        &self.entered
    }

    fn is_welcome(&self) -> Result<(), Code> {
        let holds = self.program.until.is_none_or(|until| until > clock::now());
        if holds { Ok(()) } else { Err(Code::WrongToken) }
    }

    async fn begin(&self, socket: &SocketRef, (): ()) -> Result<(), Error> {
        socket.join(audience::program(self.program.id));
        // Its token may have been taken back while it came in.
        let still = programs::store::list(&self.db).await?.iter().any(|program| program.id == self.program.id);
        if still { Ok(()) } else { Err(Code::WrongToken.into()) }
    }

    fn end(&self) {}
}
