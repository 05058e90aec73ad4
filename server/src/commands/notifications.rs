//! The commands about notifications.

use crate::commands::{context::member::Context, reply::Reply};
use common::notifications::{Badge, ExplainBadge, Quiet, SetLevel};
use store::{Error, badges, notifications};

pub async fn set_level(ctx: Context, command: SetLevel) -> Result<Reply<()>, Error> {
    Ok(Reply::of(notifications::set_level(&ctx.db, ctx.person, command).await?))
}

pub async fn set_quiet(ctx: Context, quiet: Quiet) -> Result<Reply<()>, Error> {
    Ok(Reply::of(notifications::set_quiet(&ctx.db, ctx.person, quiet).await?))
}

pub async fn explain(ctx: Context, command: ExplainBadge) -> Result<Reply<Badge>, Error> {
    Ok(Reply::of(badges::explain(&ctx.db, ctx.person, command).await?))
}
