//! The commands about push subscriptions.

use crate::{
    commands::{context::member::Context, reply::Reply},
    jobs::push::endpoint,
};
use common::push::{GetPushKey, PushKey, SetAttention, SubscribePush, UnsubscribePush};
use store::{error::Error, push_subscriptions};

pub async fn key(ctx: Context, _: GetPushKey) -> Result<Reply<PushKey>, Error> {
    Ok(Reply::of(PushKey { key: ctx.pushes.public_key().to_owned() }))
}

pub async fn subscribe(ctx: Context, command: SubscribePush) -> Result<Reply<()>, Error> {
    let subscription = endpoint::checked(&command, ctx.config.pushes_to_loopback())?;
    push_subscriptions::keep(&ctx.db, &ctx.session, &subscription).await?;
    ctx.pushes.are_wanted();
    Ok(Reply::of(()))
}

pub async fn unsubscribe(ctx: Context, _: UnsubscribePush) -> Result<Reply<()>, Error> {
    Ok(Reply::of(push_subscriptions::forget(&ctx.db, &ctx.session).await?))
}

pub async fn attend(ctx: Context, command: SetAttention) -> Result<Reply<()>, Error> {
    ctx.attention.note(ctx.person, ctx.connection, command.here);
    Ok(Reply::of(()))
}
