//! What happens on a connection, as its user sees it.

use std::time::Duration;

use serde_json::Value;
use thiserror::Error;

/// One thing that happened, in the order in which it happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Incoming {
    /// The namespace is joined; from now on events and requests can be sent.
    /// `recovered` says that the server continues the session from before, and
    /// sends what was missed.
    Connected {
        socket_id: String,
        recovered: bool,
    },
    /// The server refused to let this client into the namespace. Nothing more
    /// happens until [`Socket::reconnect_now`](crate::Socket::reconnect_now),
    /// unless the options say to retry.
    ConnectRefused {
        message: String,
        data: Option<Value>,
    },
    Event(Event),
    /// Only ever follows a `Connected`. After [`DisconnectReason::ServerDisconnect`]
    /// nothing more happens until `reconnect_now`, after
    /// [`DisconnectReason::ClientDisconnect`] nothing at all.
    Disconnected {
        reason: DisconnectReason,
    },
    /// The client will try to connect after `delay`; `attempt` counts from 1
    /// since the last time it was connected.
    Reconnecting {
        attempt: u32,
        delay: Duration,
    },
}

/// An event that the server emitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub name: String,
    /// Binary data is represented by placeholders, see
    /// [`placeholder_number`](crate::placeholder_number).
    pub args: Vec<Value>,
    pub attachments: Vec<Vec<u8>>,
    /// Present if the server waits for an answer: pass it to
    /// [`Socket::reply`](crate::Socket::reply). Good for one reply on this
    /// connection; it is not the number on the wire.
    pub ack: Option<u64>,
}

/// Why a connection ended.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DisconnectReason {
    #[error("the transport was closed")]
    TransportClosed,
    /// The transport failed, or the server broke the protocol.
    #[error("the transport failed: {0}")]
    TransportError(String),
    #[error("the server was silent for too long")]
    PingTimeout,
    /// The server told this socket to leave ("io server disconnect").
    #[error("disconnected by the server")]
    ServerDisconnect,
    #[error("disconnected by this client")]
    ClientDisconnect,
}
