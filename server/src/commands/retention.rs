//! `room:retention`: how long a room keeps its messages.

use crate::commands::{context::admin::Context, reply::Reply};
use common::retention::SetRetention;
use store::{Error, retention};

pub async fn set(ctx: Context, command: SetRetention) -> Result<Reply<()>, Error> {
    retention::set(&ctx.db, ctx.person, &command).await?;
    // Messages that are too old already are deleted soon, and the console does not wait for it.
    ctx.retention.sweep_soon();
    Ok(Reply::of(()))
}
