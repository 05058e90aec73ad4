//! The commands about read positions.

use crate::commands::{context::member::Context, reply::Reply};
use common::reading::{MarkAllRead, MarkRead, MarkUnread, ReadMoved};
use store::{Error, reading};

pub async fn mark(ctx: Context, command: MarkRead) -> Result<Reply<ReadMoved>, Error> {
    let moved = reading::mark(&ctx.db, ctx.person, &command).await?;
    ctx.receipts.note(command.room, ctx.person);
    Ok(Reply::of(moved))
}

pub async fn mark_all(ctx: Context, command: MarkAllRead) -> Result<Reply<()>, Error> {
    reading::mark_all(&ctx.db, ctx.person, &command).await?;
    command.rooms.iter().for_each(|place| ctx.receipts.note(place.room, ctx.person));
    Ok(Reply::of(()))
}

pub async fn mark_unread(ctx: Context, command: MarkUnread) -> Result<Reply<ReadMoved>, Error> {
    Ok(Reply::of(reading::mark_unread(&ctx.db, ctx.person, &command).await?))
}
