//! The console's command about the refusal log ("door log" in the interface).

use crate::commands::{context::admin::Context, reply::Reply};
use common::{
    limits,
    refusal_log::{ListRefusals, LoggedRefusal},
};
use store::{error::Error, roster::tags};

/// `door:list`
pub async fn list(ctx: Context, command: ListRefusals) -> Result<Reply<Vec<LoggedRefusal>>, Error> {
    let entries = ctx.realtime.refusals.before(command.before);
    let tags = tags::tags(&ctx.db, entries.iter().filter_map(|entry| entry.person)).await?;
    let words = command.query.trim().to_lowercase();
    let refused = entries
        .into_iter()
        .map(|entry| entry.shown(&tags))
        .filter(|refused| refused.searched().to_lowercase().contains(&words));
    Ok(Reply::of(refused.take(limits::CONSOLE_PAGE).collect()))
}
