//! The commands about threads. Posting a reply is `message:post`.

use crate::commands::{context::member::Context, reply::Reply};
use common::{
    messages::MessagePage,
    notifications::{BadgeReply, ExplainThreadBadge},
    threads::{
        FollowThread, ListThreads, ListedThread, MarkThreadRead, MarkThreadUnread, OpenThread, ReadThreadHistory,
        ThreadState, ThreadView,
    },
};
use store::{
    Error,
    rooms::memberships::Member,
    threads::{explain, followers, verbs},
};

pub async fn open(ctx: Context, command: OpenThread) -> Result<Reply<ThreadView>, Error> {
    Ok(Reply::of(verbs::view(&ctx.db, ctx.person, command.room, command.parent).await?))
}

pub async fn history(ctx: Context, command: ReadThreadHistory, member: Member) -> Result<Reply<MessagePage>, Error> {
    Ok(Reply::of(verbs::history(&ctx.db, member, command.parent, command.before).await?))
}

pub async fn follow(ctx: Context, command: FollowThread) -> Result<Reply<ThreadState>, Error> {
    Ok(Reply::of(followers::set(&ctx.db, ctx.person, &command).await?))
}

pub async fn mark_read(ctx: Context, command: MarkThreadRead) -> Result<Reply<ThreadState>, Error> {
    Ok(Reply::of(followers::move_to(&ctx.db, ctx.person, &command).await?))
}

pub async fn mark_unread(ctx: Context, command: MarkThreadUnread) -> Result<Reply<ThreadState>, Error> {
    Ok(Reply::of(followers::set_back(&ctx.db, ctx.person, &command).await?))
}

/// `thread:explain`: lists the replies behind the badge of the caller's threads, and the rule.
pub async fn explain(ctx: Context, _: ExplainThreadBadge) -> Result<Reply<Vec<BadgeReply>>, Error> {
    Ok(Reply::of(explain::unread(&ctx.db, ctx.person).await?))
}

pub async fn list(ctx: Context, _: ListThreads) -> Result<Reply<Vec<ListedThread>>, Error> {
    Ok(Reply::of(followers::followed(&ctx.db, ctx.person).await?))
}
