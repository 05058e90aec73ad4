//! The commands of the lobby.

use super::guest::Guest;
use crate::commands::{dispatch::Commands, reply::Reply};
use common::{
    Code, Command,
    lobby::{Audience, CHAT_MESSAGE, DeliveryCount, EnterRoom, LeaveRoom, LobbyRoom, Say, checked_room, checked_text},
};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use store::Error;

pub(super) static COMMANDS: LazyLock<Commands<Guest>> = LazyLock::new(|| {
    let mut all = Commands::default();
    all.add(chat_message);
    all.add(say);
    all.add(enter);
    all.add(leave);
    all
});

/// The event of the Socket.IO tutorial: a text for everyone.
#[derive(Serialize, Deserialize)]
struct ChatMessage(String);

impl Command for ChatMessage {
    const NAME: &'static str = CHAT_MESSAGE;
    type Reply = DeliveryCount;
}

async fn chat_message(guest: Guest, ChatMessage(text): ChatMessage) -> Result<Reply<DeliveryCount>, Error> {
    say(guest, Say { text, to: Audience::Everyone }).await
}

async fn say(guest: Guest, Say { text, to }: Say) -> Result<Reply<DeliveryCount>, Error> {
    let text = checked_text(&text).map_err(Error::Refused)?;
    let to = match to {
        Audience::Room(room) => {
            let room = checked_room(&room).map_err(Error::Refused)?;
            if !guest.is_in(&room) {
                return Err(Code::NotAMember.into());
            }
            Audience::Room(room)
        }
        other => other,
    };
    let told = guest.delivery().publish(&guest, text, to).map_err(Error::Refused)?;
    Ok(Reply::of(DeliveryCount { told }))
}

async fn enter(guest: Guest, EnterRoom { room }: EnterRoom) -> Result<Reply<LobbyRoom>, Error> {
    let room = checked_room(&room).map_err(Error::Refused)?;
    guest.enters(&room).map_err(Error::Refused)?;
    Ok(Reply::of(in_room(&guest, room)))
}

async fn leave(guest: Guest, LeaveRoom { room }: LeaveRoom) -> Result<Reply<LobbyRoom>, Error> {
    let room = checked_room(&room).map_err(Error::Refused)?;
    guest.leaves(&room).map_err(Error::Refused)?;
    Ok(Reply::of(in_room(&guest, room)))
}

fn in_room(guest: &Guest, room: String) -> LobbyRoom {
    let members = guest.delivery().members(guest, &room);
    LobbyRoom { room, members }
}
