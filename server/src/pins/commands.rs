//! The commands about pins. Each is idempotent by nature: a message is pinned, or not.

use super::store;
use crate::{
    chat::{Context, Reply},
    error::Error,
    rooms::memberships,
};
use common::{
    messages::Message,
    pins::{AddPin, ListPins, RemovePin},
};

pub async fn add(ctx: Context, command: AddPin) -> Result<Reply<()>, Error> {
    Ok(Reply::of(store::add(&ctx.db, ctx.person, &command).await?))
}

pub async fn remove(ctx: Context, command: RemovePin) -> Result<Reply<()>, Error> {
    Ok(Reply::of(store::remove(&ctx.db, ctx.person, &command).await?))
}

pub async fn list(ctx: Context, command: ListPins) -> Result<Reply<Vec<Message>>, Error> {
    memberships::require(&ctx.db.read, ctx.person, command.room).await?;
    Ok(Reply::of(store::list(&ctx.db, command.room).await?))
}
