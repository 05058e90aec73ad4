//! Programs: bots, alerts and scripts that connect to `/bot` with a token of their own.

use crate::{
    Code, Millis, ProgramId,
    commands::command,
    hood::{self, InWords, Names},
    limits,
    roster::PersonTag,
};
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

impl InWords<NewProgram> for CreateProgram {
    fn asked(&self, _: &dyn Names) -> String {
        format!("You made a token for {}.", hood::quoted(&self.name))
    }

    fn answered(&self, _: &NewProgram, _: &dyn Names) -> String {
        "sent the token, which it shows this once".into()
    }
}

/// A program that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewProgram {
    pub program: Program,
    /// Shown once: only its hash is kept.
    pub token: String,
}

/// `program:revoke` (in `/admin`): its token does not hold any more, and its connections are closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeProgram {
    pub program: ProgramId,
}
command!(RevokeProgram => "program:revoke", ());

impl InWords<()> for RevokeProgram {
    fn asked(&self, _: &dyn Names) -> String {
        "You took a program’s token back.".into()
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "closed the program’s connections".into()
    }
}

/// `program:list` (in `/admin`): those whose token holds, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPrograms {}
command!(ListPrograms => "program:list", Vec<Program>);

impl InWords<Vec<Program>> for ListPrograms {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked which programs may connect.".into()
    }

    fn answered(&self, programs: &Vec<Program>, _: &dyn Names) -> String {
        format!("sent {}", hood::counted(programs.len(), "program", "programs"))
    }
}

/// `program:whoami` (in `/bot`): the program that a connection's token belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhoAmI {}
command!(WhoAmI => "program:whoami", Program);

impl InWords<Program> for WhoAmI {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked which program you are.".into()
    }

    fn answered(&self, program: &Program, _: &dyn Names) -> String {
        format!("answered {}", hood::quoted(&program.name))
    }
}

/// How long something is to last.
///
/// # Errors
/// [`Code::Malformed`] for less than a minute or more than a year.
pub fn checked_lasting(lasts: Millis) -> Result<Millis, Code> {
    if (60_000..=limits::LASTS).contains(&lasts) { Ok(lasts) } else { Err(Code::Malformed) }
}
