//! The lobby, in sentences.

use super::{InWords, Names, counted, quoted};
use crate::lobby::{Audience, DeliveryCount, EnterRoom, LeaveRoom, LobbyRoom, Say};

impl InWords<DeliveryCount> for Say {
    fn asked(&self, _: &dyn Names) -> String {
        let whom = match &self.to {
            Audience::Everyone => "everyone".to_owned(),
            Audience::Others => "everyone but yourself".to_owned(),
            Audience::Room(room) => format!("the room {room}"),
            Audience::Namespace(namespace) => format!("everyone in {}", namespace.path()),
        };
        format!("You said {} to {whom}.", quoted(&self.text))
    }

    fn answered(&self, told: &DeliveryCount, _: &dyn Names) -> String {
        format!("told {}", counted(told.told, "connection", "connections"))
    }
}

impl InWords<LobbyRoom> for EnterRoom {
    fn asked(&self, _: &dyn Names) -> String {
        format!("You entered the room {}.", self.room)
    }

    fn answered(&self, room: &LobbyRoom, _: &dyn Names) -> String {
        format!("counts {} in it", counted(room.members, "connection", "connections"))
    }
}

impl InWords<LobbyRoom> for LeaveRoom {
    fn asked(&self, _: &dyn Names) -> String {
        format!("You left the room {}.", self.room)
    }

    fn answered(&self, room: &LobbyRoom, _: &dyn Names) -> String {
        format!("counts {} in it", counted(room.members, "connection", "connections"))
    }
}
