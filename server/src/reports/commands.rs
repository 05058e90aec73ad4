//! Reporting a message, and the console's commands about reports.

use super::store;
use crate::{admin, chat, error::Error, namespaces::Reply, rooms::memberships};
use common::{
    bans::checked_reason,
    reports::{DecideReport, ListReports, Report, ReportMessage},
};

pub async fn report(ctx: chat::Context, command: ReportMessage) -> Result<Reply<()>, Error> {
    let reason = checked_reason(&command.reason)?;
    memberships::require(&ctx.db.read, ctx.person, command.room).await?;
    Ok(Reply::of(store::add(&ctx.db, ctx.person, &command, &reason).await?))
}

pub async fn list(ctx: admin::Context, command: ListReports) -> Result<Reply<Vec<Report>>, Error> {
    Ok(Reply::of(store::list(&ctx.db, command.after).await?))
}

pub async fn decide(ctx: admin::Context, command: DecideReport) -> Result<Reply<()>, Error> {
    store::decide(&ctx.db, ctx.person, command.report, command.verdict).await?;
    ctx.files.sweep_soon();
    Ok(Reply::of(()))
}
