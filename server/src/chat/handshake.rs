//! The HTTP request that a socket begins with.

use axum::{
    extract::Request,
    http::{HeaderValue, Uri},
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
