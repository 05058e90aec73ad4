//! The command about previews. It is idempotent by nature: a preview is there, or not.

use super::store;
use crate::{
    chat::{Context, Reply},
    error::Error,
};
use common::previews::RemovePreview;

pub async fn remove(ctx: Context, command: RemovePreview) -> Result<Reply<()>, Error> {
    if let Some(picture) = store::remove(&ctx.db, ctx.person, &command).await? {
        ctx.files.let_go(picture).await?;
    }
    Ok(Reply::of(()))
}
