//! The console: what an operator sees of the running server.

use crate::{ConnectionId, Millis, RoomId, commands::command, refusal_log::LoggedRefusal, roster::PersonTag};
use serde::{Deserialize, Serialize};

/// The event that a console hears each second. Its only argument is a [`Tick`].
pub const TICK: &str = "console:tick";

/// What happened in the last second, and how things stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tick {
    pub at: Millis,
    /// Connections that are open.
    pub connections: u32,
    /// People who have at least one.
    pub people: u32,
    /// Connections that came and went; of many, the latest.
    pub comings: Vec<ConnectionChange>,
    pub opened: u32,
    pub closed: u32,
    /// Events by name, most frequent first: what clients asked, and what they were told. Those that are not named
    /// are one together, `others`.
    pub commands: Vec<Rate>,
    pub events: Vec<Rate>,
    pub latency: Latency,
    /// Resident memory in bytes.
    pub memory: u64,
    /// Of one core, in thousandths.
    pub cpu: u32,
    /// The database's files in bytes.
    pub database: u64,
    /// Bytes that came in and went out over sockets.
    pub received: u64,
    pub sent: u64,
    /// How many were refused, and the latest of them.
    pub refused: u32,
    pub door: Vec<LoggedRefusal>,
    /// Open reports.
    #[serde(default)]
    pub reports: u32,
}

/// How often something happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub name: String,
    pub count: u32,
}

/// How long commands took, from their arrival to the answer, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latency {
    pub p50: u32,
    pub p95: u32,
    pub p99: u32,
}

/// Someone connected or disconnected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionChange {
    pub at: Millis,
    pub connection: ConnectionId,
    pub person: Option<PersonTag>,
    /// What the program is called that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    pub namespace: String,
    pub address: String,
    /// Why it went; none for one that came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `console:overview`: what a console shows at first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetOverview {}
command!(GetOverview => "console:overview", Overview);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    pub version: String,
    pub started_at: Millis,
    /// The last seconds that were counted, oldest first; they are counted while a console is open.
    pub ticks: Vec<Tick>,
}

/// `console:rooms`: the rooms after a place that have the words in their name, those in which something happened
/// last first. Direct conversations are not listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListActivity {
    #[serde(default)]
    pub after: Option<ActivityPlace>,
    #[serde(default)]
    pub query: String,
}
command!(ListActivity => "console:rooms", Vec<RoomActivity>);

/// Where a room stands among the others by activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityPlace {
    pub active_at: Millis,
    pub room: RoomId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomActivity {
    pub id: RoomId,
    pub name: String,
    pub members: u32,
    /// Messages of the last 24 hours.
    pub today: u32,
    pub active_at: Millis,
    /// Days that its messages are kept for.
    pub retention: Option<u32>,
}

impl RoomActivity {
    pub fn place(&self) -> ActivityPlace {
        ActivityPlace { active_at: self.active_at, room: self.id }
    }
}

/// `console:connections`: connections after one, in the order in which they came, that have the words in
/// their person's name or handle, their address or namespaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListConnections {
    #[serde(default)]
    pub after: Option<ConnectionId>,
    #[serde(default)]
    pub query: String,
}
command!(ListConnections => "console:connections", ConnectionsPage);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionsPage {
    pub connections: Vec<ConnectionCard>,
    /// There are others after the last one.
    pub more: bool,
}

/// A connection as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionCard {
    pub id: ConnectionId,
    pub person: Option<PersonTag>,
    /// What the program is called that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// Browser and system, as far as they say.
    pub device: String,
    pub address: String,
    pub transport: TransportKind,
    pub namespaces: Vec<String>,
    /// Rooms whose events it hears.
    pub rooms: u32,
    pub since: Millis,
    /// Of the last heartbeat, in microseconds.
    pub round_trip: Option<u32>,
    pub received: Traffic,
    pub sent: Traffic,
    /// Commands that wait for their turn.
    pub queue: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransportKind {
    WebSocket,
    Polling,
}

/// What went one way: all bytes of a WebSocket; of long polling, those of its payloads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traffic {
    pub bytes: u64,
    /// Packets with an event or an acknowledgement in them.
    pub packets: u64,
}

/// `console:close`: closes one connection. Its client may come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseConnection {
    pub connection: ConnectionId,
}
command!(CloseConnection => "console:close", ());
