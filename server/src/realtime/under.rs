//! The connection under a socket.

use super::transport::Transport;
use axum::http::request::Parts;

/// The connection under a socket.
#[derive(Clone)]
pub(crate) struct Under(pub(super) Transport);

/// The connection that a socket has for itself, once it has one: a client that polls, and is upgraded to a
/// WebSocket later, keeps this handle.
pub fn transport(handshake: &Parts) -> Transport {
    handshake.extensions.get::<Under>().map_or_else(Transport::polling, |under| under.0.clone())
}
