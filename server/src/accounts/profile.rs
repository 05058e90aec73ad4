//! `profile:update`: change one's own name and colour.

use super::store;
use crate::{
    chat::{Context, Reply},
    error::Error,
};
use common::people::{Person, UpdateProfile};

pub async fn update(ctx: Context, command: UpdateProfile) -> Result<Reply<Person>, Error> {
    Ok(Reply::of(store::update(&ctx.db, ctx.person, &command.name, command.hue).await?))
}
