//! What can be asked in the lobby, and nothing else. All of it is done at once, so it is done in the order
//! sent.

use super::{delivery::Delivery, guest::Guest, pace::Step};
use crate::middleware::event::{self, Arrival, Outcome, Turn};
use common::{
    Answer, Code, Command, Refusal,
    lobby::{Audience, CHAT_MESSAGE, EnterRoom, InRoom, LeaveRoom, Say, Told, checked_room, checked_text},
};
use serde::{Serialize, de::DeserializeOwned};
use socketioxide::{
    adapter::LocalAdapter,
    extract::{AckSender, Event, TryData},
    handler::{FromMessageParts, MessageHandler},
    socket::Socket,
};
use socketioxide_core::Value;
use std::{sync::Arc, time::Instant};

/// Takes every event of a connection.
pub(super) struct Intake {
    pub guest: Arc<Guest>,
    pub delivery: Delivery,
}

impl MessageHandler<LocalAdapter, ()> for Intake {
    fn call(&self, socket: Arc<Socket<LocalAdapter>>, mut payload: Value, ack_id: Option<i64>) {
        let Ok(ack) = AckSender::from_message_parts(&socket, &mut payload, &ack_id);
        let Ok(Event(name)) = Event::from_message_parts(&socket, &mut payload, &ack_id) else { return };
        self.guest.arrives(&socket);
        let entered = &self.guest.entered;
        let known = KNOWN.into_iter().find(|known| *known == name);
        // Nothing waits here.
        let arrival = Arrival { entered, name: known.unwrap_or("?"), payload: &payload, free: 1, half: 0 };
        if let Err(refusal) = event::arrives(&arrival) {
            return answer::<()>(ack, Err(refusal));
        }
        let turn = Turn { entered, name: arrival.name, room: None, arrived: Instant::now() };
        match (self.guest.pace.step(), known) {
            (Step::Taken, Some(_)) => self.carry_out(&turn, &socket, payload, ack),
            (Step::Taken, None) => answer::<()>(ack, Err(event::unknown(&arrival, &name))),
            (Step::TooFast(refusal), _) => {
                event::refused(entered, "rate", turn.name, &refusal);
                answer::<()>(ack, Err(refusal));
            }
            (Step::Deaf, _) => hang_up(&socket),
        }
    }
}

/// What the lobby takes.
const KNOWN: [&str; 4] = [CHAT_MESSAGE, Say::NAME, EnterRoom::NAME, LeaveRoom::NAME];

impl Intake {
    fn carry_out(&self, turn: &Turn<'_>, socket: &Arc<Socket>, payload: Value, ack: AckSender) {
        match turn.name {
            CHAT_MESSAGE => {
                let told = first(socket, payload).and_then(|text| self.say(socket, text, Audience::Everyone));
                answered(turn, ack, told);
            }
            Say::NAME => {
                let told = first(socket, payload).and_then(|Say { text, to }| self.say(socket, text, to));
                answered(turn, ack, told);
            }
            EnterRoom::NAME => answered(turn, ack, first(socket, payload).and_then(|enter| self.enter(socket, enter))),
            _ => answered(turn, ack, first(socket, payload).and_then(|leave| self.leave(socket, leave))),
        }
    }

    fn say(&self, socket: &Socket, text: String, to: Audience) -> Result<Told, Refusal> {
        let text = checked_text(&text)?;
        let to = match to {
            Audience::Room(room) => {
                let room = checked_room(&room)?;
                if !self.guest.is_in(&room) {
                    return Err(Code::NotAMember.into());
                }
                Audience::Room(room)
            }
            other => other,
        };
        Ok(Told { told: self.delivery.tell(&self.guest, socket, text, to)? })
    }

    fn enter(&self, socket: &Socket, EnterRoom { room }: EnterRoom) -> Result<InRoom, Refusal> {
        let room = checked_room(&room)?;
        self.guest.enters(&room, socket)?;
        Ok(self.standing(room))
    }

    fn leave(&self, socket: &Socket, LeaveRoom { room }: LeaveRoom) -> Result<InRoom, Refusal> {
        let room = checked_room(&room)?;
        self.guest.leaves(&room, socket)?;
        Ok(self.standing(room))
    }

    fn standing(&self, room: String) -> InRoom {
        let members = self.delivery.members(&self.guest, &room);
        InRoom { room, members }
    }
}

/// The first argument of an event. Clients may send more: the tutorial's later steps do.
fn first<T: DeserializeOwned>(socket: &Arc<Socket>, mut payload: Value) -> Result<T, Refusal> {
    let Ok(TryData(read)) = TryData::<T>::from_message_parts(socket, &mut payload, &None);
    read.map_err(|_| Code::Malformed.into())
}

/// Tells the chain how it has ended, the door log what was refused, and the client all of it.
fn answered<T: Serialize>(turn: &Turn<'_>, ack: AckSender, result: Result<T, Refusal>) {
    match &result {
        Ok(_) => event::answered(turn, Outcome::Done),
        Err(refusal) => {
            event::refused(turn.entered, "lobby", turn.name, refusal);
            event::answered(turn, Outcome::Refused(refusal));
        }
    }
    answer(ack, result);
}

fn answer<T: Serialize>(ack: AckSender, result: Result<T, Refusal>) {
    if let Err(error) = ack.send(&Answer::from(result)) {
        tracing::debug!(%error, "an answer could not be sent");
    }
}

/// A client that goes on sending what is refused is sent away; official ones do not come back by themselves.
fn hang_up(socket: &Arc<Socket>) {
    tracing::debug!(namespace = socket.ns(), "a connection that did not slow down is closed");
    if let Err(error) = socket.clone().disconnect() {
        tracing::debug!(%error, "it was closed already");
    }
}
