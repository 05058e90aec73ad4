//! What comes of sending.

use serde_json::Value;
use thiserror::Error;

/// Nothing was sent: there is no connection, or more waits to be written than
/// the client is ready to hold. Nothing is kept to be sent later either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not connected")]
pub struct NotConnected;

/// The server's answer to a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    /// Binary data is represented by placeholders, see
    /// [`placeholder_number`](crate::placeholder_number).
    pub args: Vec<Value>,
    pub attachments: Vec<Vec<u8>>,
}

/// Why a request has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RequestError {
    /// The request was not sent.
    #[error("not connected")]
    NotConnected,
    /// The connection was lost after the request was queued: the server may
    /// have acted on it, or never seen it.
    #[error("the connection was lost before the answer came")]
    Disconnected,
    /// The server may still act on it; its answer will be ignored.
    #[error("no answer in time")]
    TimedOut,
}

impl From<NotConnected> for RequestError {
    fn from(_: NotConnected) -> Self {
        Self::NotConnected
    }
}
