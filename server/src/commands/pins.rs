//! The commands about pins. Each is idempotent: repeating it changes nothing.

use crate::commands::{context::member::Context, reply::Reply};
use common::{
    messages::Message,
    pins::{AddPin, ListPins, RemovePin},
};
use store::{Error, pins, rooms::memberships::Member};

pub async fn add(ctx: Context, command: AddPin) -> Result<Reply<()>, Error> {
    Ok(Reply::of(pins::add(&ctx.db, ctx.person, &command).await?))
}

pub async fn remove(ctx: Context, command: RemovePin) -> Result<Reply<()>, Error> {
    Ok(Reply::of(pins::remove(&ctx.db, ctx.person, &command).await?))
}

pub async fn list(ctx: Context, _: ListPins, member: Member) -> Result<Reply<Vec<Message>>, Error> {
    Ok(Reply::of(pins::list(&ctx.db, member).await?))
}
