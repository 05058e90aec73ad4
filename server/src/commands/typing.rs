//! `typing:set`: publishes to the other members of the room and stores nothing.

use crate::commands::{context::member::Context, reply::Reply};
use common::typing::{SetTyping, TypingChanged};
use store::{Error, rooms::memberships::Member};

pub async fn set(_ctx: Context, command: SetTyping, member: Member) -> Result<Reply<()>, Error> {
    let SetTyping { room, parent, typing } = command;
    let changed = TypingChanged { room, parent, person: member.person(), typing };
    Ok(Reply::of(()).then(async move |broadcasts| broadcasts.typing_changed(changed).await))
}
