//! The command that reports delivery receipts.

use crate::commands::{context::member::Context, reply::Reply};
use common::{
    PersonId,
    delivery::{Delivery, GetDelivery, ReportDelivery},
};
use std::collections::HashSet;
use store::{
    Error,
    rooms::memberships::{self, Member},
};

pub async fn report(ctx: Context, command: ReportDelivery) -> Result<Reply<()>, Error> {
    ctx.deliveries.take(ctx.connection, ctx.person, &command.rooms)?;
    Ok(Reply::of(()))
}

pub async fn get(ctx: Context, command: GetDelivery, _: Member) -> Result<Reply<Delivery>, Error> {
    let GetDelivery { room, seq } = command;
    let members = memberships::members(&ctx.db.read, room).await?;
    let reached = ctx.deliveries.reached(room, seq);
    let connected: HashSet<PersonId> = ctx.presence.online().into_iter().map(|online| online.person).collect();
    let here = members.into_iter().filter(|person| *person != ctx.person && connected.contains(person));
    let mut reach = Delivery { reached: 0, connected: 0 };
    for person in here {
        reach.connected += 1;
        reach.reached += u32::from(reached.contains(&person));
    }
    Ok(Reply::of(reach))
}
