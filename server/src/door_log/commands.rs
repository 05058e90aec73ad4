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
    let refused = entries.into_iter().map(|entry| entry.told(&tags)).filter(|refused| has(refused, &words));
    Ok(Reply::of(refused.take(limits::CONSOLE_PAGE).collect()))
}

fn has(refused: &Refused, words: &str) -> bool {
    let person = refused.person.as_ref().map(|person| format!("{} {}", person.name, person.handle));
    let code = refused.code.name();
    let fields = [&refused.namespace, &refused.middleware, &code, &refused.address];
    let fields = fields.into_iter().chain(refused.event.as_ref()).chain(person.as_ref());
    words.is_empty() || fields.into_iter().any(|field| field.to_lowercase().contains(words))
}
