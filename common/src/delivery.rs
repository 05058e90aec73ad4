//! Reach: how far the events of a room have come, among the members who are connected. Not durable.

use crate::{RoomId, Seq, commands::command};
use serde::{Deserialize, Serialize};

/// `reach:report`: everything of these rooms up to these places has arrived on this connection. At
/// most [`crate::limits::REPORTED_ROOMS`] of them; of a room, the last report counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDelivery {
    pub rooms: Vec<LogPosition>,
}
command!(ReportDelivery => "reach:report", ());

/// A place in a room's log, up to which nothing is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPosition {
    pub room: RoomId,
    pub seq: Seq,
}

/// `reach:get`: whom an event of a room has reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetDelivery {
    pub room: RoomId,
    pub seq: Seq,
}
command!(GetDelivery => "reach:get", Delivery);

/// Of the members who are connected, all but the one who asks: how many there are, and how many of
/// them have a connection on which the event has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub reached: u32,
    pub connected: u32,
}
