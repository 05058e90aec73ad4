//! The commands about reactions. Each is idempotent by nature: a person has an emoji under a message, or not.

use super::store;
use crate::{
    chat::{Context, Reply},
    error::Error,
};
use common::reactions::{AddReaction, RemoveReaction};

pub async fn add(ctx: Context, command: AddReaction) -> Result<Reply<()>, Error> {
    Ok(Reply::of(store::add(&ctx.db, ctx.person, &command).await?))
}

pub async fn remove(ctx: Context, command: RemoveReaction) -> Result<Reply<()>, Error> {
    Ok(Reply::of(store::remove(&ctx.db, ctx.person, &command).await?))
}
