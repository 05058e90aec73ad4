//! `presence:set`: reports whether a person is away from a device.

use crate::commands::{context::member::Context, reply::Reply};
use common::presence::SetAway;
use store::Error;

pub async fn set(ctx: Context, command: SetAway) -> Result<Reply<()>, Error> {
    ctx.presence.set_away(ctx.person, ctx.connection, command.away);
    Ok(Reply::of(()))
}
