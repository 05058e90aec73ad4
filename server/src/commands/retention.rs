//! `room:retention`: sets how long a room keeps its messages.

use crate::commands::{context::admin::Context, reply::Reply};
use common::retention::SetRetention;
use store::{Error, retention};

pub async fn set(ctx: Context, command: SetRetention) -> Result<Reply<()>, Error> {
    retention::set(&ctx.db, ctx.person, &command).await?;
    // A background sweep deletes expired messages, so the console does not wait.
    ctx.retention.sweep_soon();
    Ok(Reply::of(()))
}
