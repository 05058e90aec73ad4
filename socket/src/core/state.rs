//! Where in the life of a connection the client is.

use std::time::Duration;

/// From top to bottom: the way to being connected; then the ways to rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// There is no transport; one is to be opened at `until`.
    Waiting {
        until: Duration,
    },
    /// The transport is being opened.
    Opening {
        deadline: Duration,
    },
    /// The transport is open; the server is to send its handshake.
    Greeting {
        deadline: Duration,
    },
    /// The server is to let us into the namespace.
    Joining {
        deadline: Duration,
        heartbeat: Heartbeat,
    },
    Connected {
        heartbeat: Heartbeat,
    },
    /// There is no transport and none is wanted until the user says so.
    Parked,
    /// The user has disconnected; what is queued may still leave.
    Stopping {
        deadline: Duration,
    },
    Stopped,
}

impl State {
    /// Whether frames can come in.
    pub(super) fn has_transport(&self) -> bool {
        matches!(self, Self::Greeting { .. } | Self::Joining { .. } | Self::Connected { .. })
    }
}

/// The server pings; a client that hears no ping takes the connection for dead.
/// Engine.IO protocol, "Heartbeat".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heartbeat {
    patience: Duration,
    pub(super) deadline: Duration,
}

impl Heartbeat {
    pub(super) fn new(patience: Duration, now: Duration) -> Self {
        Self { patience, deadline: now.saturating_add(patience) }
    }

    pub(super) fn pinged(&mut self, now: Duration) {
        self.deadline = now.saturating_add(self.patience);
    }
}
