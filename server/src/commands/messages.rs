//! The commands about messages.

use crate::commands::{context::member::Context, reply::Reply};
use common::{
    Code,
    messages::{
        DeleteMessage, EditMessage, ListVersions, MessagePage, PageAround, PostMessage, Posted, ReadAround,
        ReadHistory, ReadNewer, Versions,
    },
};
use store::{
    Error,
    messages::{pages, verbs, versions as kept},
    rooms::memberships::Member,
};

pub async fn post(ctx: Context, command: PostMessage) -> Result<Reply<Posted>, Error> {
    Ok(Reply::of(verbs::post(&ctx.db, ctx.person, &command).await?))
}

pub async fn edit(ctx: Context, command: EditMessage) -> Result<Reply<Posted>, Error> {
    Ok(Reply::of(verbs::edit(&ctx.db, ctx.person, &command).await?))
}

pub async fn delete(ctx: Context, command: DeleteMessage) -> Result<Reply<Posted>, Error> {
    let posted = verbs::delete(&ctx.db, ctx.person, &command).await?;
    ctx.files.sweep_soon();
    Ok(Reply::of(posted))
}

pub async fn versions(ctx: Context, command: ListVersions, member: Member) -> Result<Reply<Versions>, Error> {
    Ok(Reply::of(kept::list(&ctx.db, member, command.message).await?))
}

pub async fn history(ctx: Context, command: ReadHistory, member: Member) -> Result<Reply<MessagePage>, Error> {
    Ok(Reply::of(pages::before(&ctx.db, member, command.before).await?))
}

pub async fn later(ctx: Context, command: ReadNewer, member: Member) -> Result<Reply<MessagePage>, Error> {
    Ok(Reply::of(pages::after(&ctx.db, member, command.after).await?))
}

pub async fn around(ctx: Context, command: ReadAround, member: Member) -> Result<Reply<PageAround>, Error> {
    let around = pages::around(&ctx.db, member, command.spot).await?;
    Ok(Reply::of(around.ok_or(Code::UnknownMessage)?))
}
