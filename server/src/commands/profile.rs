//! `profile:*`: changes the caller's name, colour, status, time zone and privacy settings.

use crate::commands::{context::member::Context, reply::Reply};
use common::people::{Person, SetReading, SetStatus, SetZone, UpdateProfile};
use store::{error::Error, people};

pub async fn update(ctx: Context, command: UpdateProfile) -> Result<Reply<Person>, Error> {
    Ok(Reply::of(people::verbs::update(&ctx.db, ctx.person, &command.name, command.hue).await?))
}

pub async fn status(ctx: Context, command: SetStatus) -> Result<Reply<Person>, Error> {
    Ok(Reply::of(people::verbs::set_status(&ctx.db, ctx.person, command.status.unwrap_or_default()).await?))
}

pub async fn zone(ctx: Context, command: SetZone) -> Result<Reply<Person>, Error> {
    Ok(Reply::of(people::verbs::set_zone(&ctx.db, ctx.person, &command.zone).await?))
}

pub async fn reading(ctx: Context, command: SetReading) -> Result<Reply<Person>, Error> {
    Ok(Reply::of(people::verbs::hide_reading(&ctx.db, ctx.person, command.hidden).await?))
}
