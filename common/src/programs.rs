//! Programs: bots, alerts and scripts that connect to `/bot` with a token of their own.

use crate::{Code, Millis, ProgramId, commands::command, limits, roster::PersonTag, secrets::Secret};
use serde::{Deserialize, Serialize};

/// What every program's token begins with, so that people and scanners know one when they see it.
pub const TOKEN_PREFIX: &str = "hubbub_bot_";

/// A program that may connect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub id: ProgramId,
    pub name: String,
    pub by: PersonTag,
    pub at: Millis,
    pub until: Option<Millis>,
}

/// `program:create` (in `/admin`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateProgram {
    pub name: String,
    /// For how long its token holds, in milliseconds; without end if not said.
    #[serde(default)]
    pub lasts: Option<Millis>,
}
command!(CreateProgram => "program:create", NewProgram);

/// A program that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewProgram {
    pub program: Program,
    /// Shown once: only its hash is kept.
    pub token: Secret<String>,
}

/// `program:revoke` (in `/admin`): its token does not hold any more, and its connections are closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeProgram {
    pub program: ProgramId,
}
command!(RevokeProgram => "program:revoke", ());

/// `program:list` (in `/admin`): those whose token holds, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPrograms {}
command!(ListPrograms => "program:list", Vec<Program>);

/// `program:whoami` (in `/bot`): the program that a connection's token belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhoAmI {}
command!(WhoAmI => "program:whoami", Program);

/// How long something is to last.
///
/// # Errors
/// [`Code::Malformed`] for less than a minute or more than a year.
pub fn checked_lasting(lasts: Millis) -> Result<Millis, Code> {
    if (60_000..=limits::LASTS).contains(&lasts) { Ok(lasts) } else { Err(Code::Malformed) }
}
