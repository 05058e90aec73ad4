//! The commands about messages.

use super::{store, versions as kept};
use crate::{
    chat::{Context, Reply},
    error::Error,
    rooms::memberships,
};
use common::messages::{
    DeleteMessage, EditMessage, ListVersions, MessagePage, PostMessage, Posted, ReadHistory, Versions,
};

pub async fn post(ctx: Context, command: PostMessage) -> Result<Reply<Posted>, Error> {
    Ok(Reply::of(store::post(&ctx.db, ctx.person, &command).await?))
}

pub async fn edit(ctx: Context, command: EditMessage) -> Result<Reply<Posted>, Error> {
    Ok(Reply::of(store::edit(&ctx.db, ctx.person, &command).await?))
}

pub async fn delete(ctx: Context, command: DeleteMessage) -> Result<Reply<Posted>, Error> {
    let posted = store::delete(&ctx.db, ctx.person, &command).await?;
    ctx.files.sweep_soon();
    Ok(Reply::of(posted))
}

pub async fn versions(ctx: Context, command: ListVersions) -> Result<Reply<Versions>, Error> {
    memberships::require(&ctx.db.read, ctx.person, command.room).await?;
    Ok(Reply::of(kept::list(&ctx.db, command.room, command.message).await?))
}

pub async fn history(ctx: Context, command: ReadHistory) -> Result<Reply<MessagePage>, Error> {
    memberships::require(&ctx.db.read, ctx.person, command.room).await?;
    Ok(Reply::of(store::page(&ctx.db, command.room, command.before).await?))
}
