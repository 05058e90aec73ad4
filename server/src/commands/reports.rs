//! Reporting a message, and the console's commands about reports.

use crate::commands::{
    context::{admin, member},
    reply::Reply,
};
use common::{
    bans::checked_reason,
    reports::{DecideReport, ListReports, Report, ReportMessage},
};
use store::{Error, reports, rooms::memberships::Member};

pub async fn report(ctx: member::Context, command: ReportMessage, _: Member) -> Result<Reply<()>, Error> {
    let reason = checked_reason(&command.reason)?;
    Ok(Reply::of(reports::add(&ctx.db, ctx.person, &command, &reason).await?))
}

pub async fn list(ctx: admin::Context, command: ListReports) -> Result<Reply<Vec<Report>>, Error> {
    Ok(Reply::of(reports::list(&ctx.db, command.after).await?))
}

pub async fn decide(ctx: admin::Context, command: DecideReport) -> Result<Reply<()>, Error> {
    reports::decide(&ctx.db, ctx.person, command.report, command.verdict).await?;
    ctx.files.sweep_soon();
    Ok(Reply::of(()))
}
