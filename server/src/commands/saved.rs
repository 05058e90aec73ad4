//! The commands about saved messages. Each is idempotent: repeating it changes nothing.

use crate::commands::{context::member::Context, reply::Reply};
use common::saved::{AddSaved, ListSaved, RemoveSaved, SavedChange, SavedPage};
use store::{error::Error, saved};

pub async fn add(ctx: Context, command: AddSaved) -> Result<Reply<()>, Error> {
    let is_news = saved::add(&ctx.db, ctx.person, &command).await?;
    let AddSaved { room, message } = command;
    let (person, moved) = (ctx.person, SavedChange { room, message });
    let reply = Reply::of(());
    Ok(if is_news { reply.then(async move |broadcasts| broadcasts.saved_added(person, moved).await) } else { reply })
}

pub async fn remove(ctx: Context, command: RemoveSaved) -> Result<Reply<()>, Error> {
    let is_news = saved::remove(&ctx.db, ctx.person, &command).await?;
    let RemoveSaved { room, message } = command;
    let (person, moved) = (ctx.person, SavedChange { room, message });
    let reply = Reply::of(());
    Ok(if is_news { reply.then(async move |broadcasts| broadcasts.saved_removed(person, moved).await) } else { reply })
}

pub async fn list(ctx: Context, command: ListSaved) -> Result<Reply<SavedPage>, Error> {
    Ok(Reply::of(saved::list(&ctx.db, ctx.person, command.after).await?))
}
