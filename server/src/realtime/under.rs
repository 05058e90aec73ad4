//! The transport of a socket.

use super::transport::Transport;
use axum::http::request::Parts;

/// The transport of a socket.
#[derive(Clone)]
pub(crate) struct Under(pub(super) Transport);

/// The handle to a socket's own connection. A polling client keeps this handle through its upgrade to a
/// WebSocket.
pub fn transport(handshake: &Parts) -> Transport {
    handshake.extensions.get::<Under>().map_or_else(Transport::polling, |under| under.0.clone())
}
