//! `audit:list`

use crate::commands::{context::admin::Context, reply::Reply};
use common::audit::{AuditEntry, ListAudit};
use store::{Error, audit};

pub async fn list(ctx: Context, command: ListAudit) -> Result<Reply<Vec<AuditEntry>>, Error> {
    Ok(Reply::of(audit::list(&ctx.db, &command).await?))
}
