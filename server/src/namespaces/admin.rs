//! The command table of the `/admin` namespace, a line for each command.

use crate::commands::{
    audit, bans, console, context::admin::Context, dispatch::Commands, invites, programs, refusals, reports, retention,
    roster,
};
use std::sync::LazyLock;

pub(super) static COMMANDS: LazyLock<Commands<Context>> = LazyLock::new(|| {
    let mut all = Commands::default();
    all.add(console::overview);
    all.add(console::rooms);
    all.add(console::connections);
    all.add(console::close);
    all.add(console::announce);
    all.add(refusals::list);
    all.add(roster::list);
    all.add(roster::set_role);
    all.add(roster::set_active);
    all.add(roster::sign_out);
    all.add(bans::add);
    all.add(bans::remove);
    all.add(bans::list);
    all.add(invites::create);
    all.add(invites::revoke);
    all.add(invites::list);
    all.add(reports::list);
    all.add(reports::decide);
    all.add(retention::set);
    all.add(audit::list);
    all.add(programs::create);
    all.add(programs::revoke);
    all.add(programs::list);
    all
});
