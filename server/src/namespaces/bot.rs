//! The command table of the `/bot` namespace, a line for each command.

use crate::commands::{context::program::Context, dispatch::Commands, programs};
use std::sync::LazyLock;

pub(super) static COMMANDS: LazyLock<Commands<Context>> = LazyLock::new(|| {
    let mut all = Commands::default();
    all.add(programs::whoami);
    all
});
