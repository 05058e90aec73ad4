//! `audit:list`

use crate::commands::{context::admin::Context, reply::Reply};
use common::audit::{Act, ListAudit};
use store::{Error, audit};

pub async fn list(ctx: Context, command: ListAudit) -> Result<Reply<Vec<Act>>, Error> {
    Ok(Reply::of(audit::list(&ctx.db, &command).await?))
}
