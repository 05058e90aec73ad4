//! The commands about messages.

use super::store::{self, Stored};
use crate::{
    chat::{Context, Reply},
    error::Error,
    rooms::memberships,
};
use common::messages::{MessagePage, PostMessage, Posted, ReadHistory};

pub async fn post(ctx: Context, command: PostMessage) -> Result<Reply<Posted>, Error> {
    match store::post(&ctx.db, ctx.person, &command).await? {
        Stored::Before(posted) => Ok(Reply::of(posted)),
        Stored::Now(message) => {
            let posted = Posted { seq: message.seq, at: message.at };
            Ok(Reply::of(posted).then(async move |broadcasts| broadcasts.message_posted(message).await))
        }
    }
}

pub async fn history(ctx: Context, command: ReadHistory) -> Result<Reply<MessagePage>, Error> {
    memberships::require(&ctx.db.read, ctx.person, command.room).await?;
    Ok(Reply::of(store::page(&ctx.db, command.room, command.before).await?))
}
