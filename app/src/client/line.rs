//! The line to the server: commands go out in order, and each has an answer.

use crate::failure::Unreachable;
use socket::{RequestError, Socket, Tap};

/// The connection to the server.
#[derive(Clone)]
pub struct Line(Socket);

impl Line {
    pub fn new(socket: Socket) -> Self {
        Self(socket)
    }

    /// Sends a command; it is on its way, behind those before it, when this returns.
    pub fn request(
        &self,
        name: &str,
        payload: serde_json::Value,
    ) -> impl Future<Output = Result<serde_json::Value, Unreachable>> + use<> {
        let reply = self.0.request(name, vec![payload]);
        async move {
            let reply = reply.await.map_err(|error| match error {
                RequestError::TimedOut => Unreachable::Silent,
                RequestError::NotConnected | RequestError::Disconnected => Unreachable::Away,
            })?;
            reply.args.into_iter().next().ok_or(Unreachable::Silent)
        }
    }

    /// Leaves for good.
    pub fn leave(&self) {
        self.0.disconnect();
    }

    /// No need to wait for the next attempt.
    pub fn hurry(&self) {
        self.0.reconnect_now();
    }

    /// Listens in on what goes over the line, in place of who did so before.
    pub fn tap(&self, tap: Option<Tap>) {
        self.0.tap(tap);
    }
}
