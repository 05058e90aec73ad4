//! `person:block`: hides a person from the caller. Only the caller learns of it.

use crate::commands::{context::member::Context, reply::Reply};
use common::blocks::{BlockPerson, PersonBlocked};
use store::{Error, blocks};

pub async fn set(ctx: Context, command: BlockPerson) -> Result<Reply<()>, Error> {
    let BlockPerson { person, blocked } = command;
    let has_changed = blocks::set(&ctx.db, ctx.person, person, blocked).await?;
    let (reply, me, event) = (Reply::of(()), ctx.person, PersonBlocked { person, blocked });
    Ok(if has_changed { reply.then(async move |broadcasts| broadcasts.person_blocked(me, event).await) } else { reply })
}
