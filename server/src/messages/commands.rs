//! The commands about messages.

use super::{pages, store, versions as kept};
use crate::{
    chat::{Context, Reply},
    error::Error,
    rooms::memberships,
};
use common::{
    Code,
    messages::{
        Around, DeleteMessage, EditMessage, ListVersions, MessagePage, PostMessage, Posted, ReadAround, ReadHistory,
        ReadLater, Versions,
    },
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
    Ok(Reply::of(pages::before(&ctx.db, command.room, command.before).await?))
}

pub async fn later(ctx: Context, command: ReadLater) -> Result<Reply<MessagePage>, Error> {
    memberships::require(&ctx.db.read, ctx.person, command.room).await?;
    Ok(Reply::of(pages::after(&ctx.db, command.room, command.after).await?))
}

pub async fn around(ctx: Context, command: ReadAround) -> Result<Reply<Around>, Error> {
    memberships::require(&ctx.db.read, ctx.person, command.room).await?;
    let around = pages::around(&ctx.db, command.room, command.spot).await?;
    Ok(Reply::of(around.ok_or(Code::UnknownMessage)?))
}
