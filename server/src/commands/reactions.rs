//! The commands about reactions. Each is idempotent: repeating it changes nothing.

use crate::commands::{context::member::Context, reply::Reply};
use common::reactions::{AddReaction, RemoveReaction};
use store::{error::Error, reactions};

pub async fn add(ctx: Context, command: AddReaction) -> Result<Reply<()>, Error> {
    Ok(Reply::of(reactions::add(&ctx.db, ctx.person, &command).await?))
}

pub async fn remove(ctx: Context, command: RemoveReaction) -> Result<Reply<()>, Error> {
    Ok(Reply::of(reactions::remove(&ctx.db, ctx.person, &command).await?))
}
