//! `typing:set`: told to the others in the room, stored nowhere.

use crate::{
    chat::{Context, Reply},
    error::Error,
    rooms::memberships,
};
use common::typing::{SetTyping, TypingChanged};

pub async fn set(ctx: Context, command: SetTyping) -> Result<Reply<()>, Error> {
    memberships::require(&ctx.db.read, ctx.person, command.room).await?;
    let changed =
        TypingChanged { room: command.room, parent: command.parent, person: ctx.person, typing: command.typing };
    Ok(Reply::of(()).then(async move |broadcasts| broadcasts.typing_changed(changed).await))
}
