//! Programs, in sentences.

use super::{InWords, Names, counted, quoted};
use crate::programs::{CreateProgram, ListPrograms, NewProgram, Program, RevokeProgram, WhoAmI};

impl InWords<NewProgram> for CreateProgram {
    fn asked(&self, _: &dyn Names) -> String {
        format!("You made a token for {}.", quoted(&self.name))
    }

    fn answered(&self, _: &NewProgram, _: &dyn Names) -> String {
        "sent the token, which it shows this once".into()
    }
}

impl InWords<()> for RevokeProgram {
    fn asked(&self, _: &dyn Names) -> String {
        "You took a program’s token back.".into()
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "closed the program’s connections".into()
    }
}

impl InWords<Vec<Program>> for ListPrograms {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked which programs may connect.".into()
    }

    fn answered(&self, programs: &Vec<Program>, _: &dyn Names) -> String {
        format!("sent {}", counted(programs.len(), "program", "programs"))
    }
}

impl InWords<Program> for WhoAmI {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked which program you are.".into()
    }

    fn answered(&self, program: &Program, _: &dyn Names) -> String {
        format!("answered {}", quoted(&program.name))
    }
}
