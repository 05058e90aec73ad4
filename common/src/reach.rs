//! Reach: how far the events of a room have come, among the members who are connected. Not durable.

use crate::{
    RoomId, Seq,
    commands::command,
    hood::{self, InWords, Names},
};
use serde::{Deserialize, Serialize};

/// `reach:report`: everything of these rooms up to these places has arrived on this connection. At
/// most [`crate::limits::REPORTED_ROOMS`] of them; of a room, the last report counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportReach {
    pub rooms: Vec<Complete>,
}
command!(ReportReach => "reach:report", ());

impl InWords<()> for ReportReach {
    fn asked(&self, names: &dyn Names) -> String {
        match self.rooms.as_slice() {
            [one] => {
                let room = names.in_room(one.room);
                format!("Your browser said that everything in {room} up to #{} has arrived.", one.seq)
            }
            rooms => {
                let rooms = hood::counted(rooms.len(), "room", "rooms");
                format!("Your browser said how far everything in {rooms} has arrived.")
            }
        }
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted it".into()
    }
}

/// A place in a room's log, up to which nothing is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complete {
    pub room: RoomId,
    pub seq: Seq,
}

/// `reach:get`: whom an event of a room has reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetReach {
    pub room: RoomId,
    pub seq: Seq,
}
command!(GetReach => "reach:get", Reach);

impl InWords<Reach> for GetReach {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked how many people #{} of {} has reached.", self.seq, names.in_room(self.room))
    }

    fn answered(&self, reach: &Reach, _: &dyn Names) -> String {
        format!("counted {} of {} who are connected", reach.reached, reach.connected)
    }
}

/// Of the members who are connected, all but the one who asks: how many there are, and how many of
/// them have a connection on which the event has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    pub reached: u32,
    pub connected: u32,
}
