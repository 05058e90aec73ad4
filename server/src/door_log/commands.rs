//! The console's command about the door log.

use crate::{admin::Context, error::Error, namespaces::Reply, roster};
use common::{
    door::{ListDoor, Refused},
    limits,
};

/// `door:list`
pub async fn list(ctx: Context, command: ListDoor) -> Result<Reply<Vec<Refused>>, Error> {
    let entries = ctx.operations.door.before(command.before);
    let tags = roster::tags(&ctx.db, entries.iter().filter_map(|entry| entry.person)).await?;
    let words = command.query.trim().to_lowercase();
    let refused = entries
        .into_iter()
        .map(|entry| entry.told(&tags))
        .filter(|refused| refused.searched().to_lowercase().contains(&words));
    Ok(Reply::of(refused.take(limits::CONSOLE_PAGE).collect()))
}
