//! The commands about threads. Posting a reply is `message:post`.

use super::{followers, store};
use crate::{
    chat::{Context, Reply},
    error::Error,
    rooms::memberships,
};
use common::{
    messages::MessagePage,
    threads::{
        FollowThread, ListThreads, ListedThread, MarkThreadRead, MarkThreadUnread, OpenThread, ReadThreadHistory,
        ThreadStanding, ThreadView,
    },
};

pub async fn open(ctx: Context, command: OpenThread) -> Result<Reply<ThreadView>, Error> {
    Ok(Reply::of(store::view(&ctx.db, ctx.person, command.room, command.parent).await?))
}

pub async fn history(ctx: Context, command: ReadThreadHistory) -> Result<Reply<MessagePage>, Error> {
    memberships::require(&ctx.db.read, ctx.person, command.room).await?;
    let parent = store::root(&mut *ctx.db.read.acquire().await?, command.room, command.parent).await?;
    Ok(Reply::of(store::page(&ctx.db, parent.id, command.before).await?))
}

pub async fn follow(ctx: Context, command: FollowThread) -> Result<Reply<ThreadStanding>, Error> {
    Ok(Reply::of(followers::set(&ctx.db, ctx.person, &command).await?))
}

pub async fn mark_read(ctx: Context, command: MarkThreadRead) -> Result<Reply<ThreadStanding>, Error> {
    Ok(Reply::of(followers::move_to(&ctx.db, ctx.person, &command).await?))
}

pub async fn mark_unread(ctx: Context, command: MarkThreadUnread) -> Result<Reply<ThreadStanding>, Error> {
    Ok(Reply::of(followers::set_back(&ctx.db, ctx.person, &command).await?))
}

pub async fn list(ctx: Context, _: ListThreads) -> Result<Reply<Vec<ListedThread>>, Error> {
    Ok(Reply::of(followers::followed(&ctx.db, ctx.person).await?))
}
