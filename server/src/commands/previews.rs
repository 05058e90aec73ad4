//! The command about previews. It is idempotent: repeating it changes nothing.

use crate::commands::{context::member::Context, reply::Reply};
use common::previews::RemovePreview;
use store::{error::Error, previews};

pub async fn remove(ctx: Context, command: RemovePreview) -> Result<Reply<()>, Error> {
    if let Some(picture) = previews::remove(&ctx.db, ctx.person, &command).await? {
        ctx.files.let_go(picture).await?;
    }
    Ok(Reply::of(()))
}
