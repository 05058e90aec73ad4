//! The HTTP request that a socket begins with.

use crate::transport::Transport;
use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderValue, Uri, request::Parts},
};

/// The request with an address and headers of its own. hyper cuts them out of the buffer that it has
/// read, 16 KiB for each connection, and whoever keeps a header keeps all of it; a socket keeps those
/// of its handshake for as long as it lives.
pub fn detached(mut request: Request) -> Request {
    if !request.uri().path().starts_with("/socket.io") {
        return request;
    }
    // What was read as a header, and as an address, can be read as one again.
    for value in request.headers_mut().values_mut() {
        if let Ok(copy) = HeaderValue::from_bytes(value.as_bytes()) {
            *value = copy;
        }
    }
    if let Ok(copy) = Uri::try_from(request.uri().to_string()) {
        *request.uri_mut() = copy;
    }
    request
}

/// The connection that a socket has for itself. The one that a client polls with is not it: a proxy
/// may send the requests of others over it, too. Nor is the one that such a client is upgraded to
/// known here, so both get a handle to nothing: they are refused commands where others wait.
pub fn transport(handshake: &Parts) -> Transport {
    let is_websocket = handshake.uri.query().is_some_and(|query| query.contains("transport=websocket"));
    let info = handshake.extensions.get::<ConnectInfo<Transport>>().filter(|_| is_websocket);
    info.map_or_else(|| Transport::new(([0, 0, 0, 0], 0).into()), |info| info.0.clone())
}
