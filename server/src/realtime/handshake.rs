//! The HTTP requests that a socket begins with, and goes on with where it polls.
//!
//! Sockets are served outside the router. A socket keeps the headers of its handshake, and hyper cuts headers
//! out of a buffer of 16 KiB: with copied headers a connection costs 21 KiB instead of 35.

use super::{
    admission::Gate,
    origin,
    shared::Realtime,
    transport::{Payload, Transport, Way},
    under::Under,
};
use crate::operations::refusals::Source;
use axum::{
    Json,
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, Method, StatusCode, Uri},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::TryStreamExt;
use socketioxide_core::Sid;

/// The request with an address and headers of its own, and with what [`transport`] finds. hyper cuts them out of the buffer that it has
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
    // The one that a client polls with is not its own: a proxy may send the requests of others over it, too.
    let own = is_websocket(&request).then(|| tcp(&request)).flatten();
    request.extensions_mut().insert(Under(own.unwrap_or_else(Transport::polling)));
    request
}

/// Has only so many begin from one address, counts what goes over long polling, and finds the WebSocket that a
/// client which polled goes on with.
pub async fn follow(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let Realtime { connections, refusals, .. } = &gate.realtime;
    let Some(sid) = sid(&request) else {
        let (parts, body) = request.into_parts();
        let under = parts.extensions.get::<Under>().cloned();
        if let Some(Under(transport)) = &under {
            let address = origin::client_address(&parts, &gate.config);
            match connections.waits(address) {
                Ok(place) => transport.waits(place),
                Err(refusal) => {
                    let source = Source::request(parts.uri.path(), address);
                    refusals.write(source, "connections", None, &refusal);
                    return (StatusCode::TOO_MANY_REQUESTS, Json(refusal)).into_response();
                }
            }
        }
        let response = next.run(Request::from_parts(parts, body)).await;
        let has_begun = matches!(response.status(), StatusCode::OK | StatusCode::SWITCHING_PROTOCOLS);
        if let Some(Under(transport)) = under.filter(|_| !has_begun) {
            transport.waits_in_vain();
        }
        return response;
    };
    if is_websocket(&request) {
        let websocket = tcp(&request);
        let response = next.run(request).await;
        // What is no WebSocket after all may be the connection of others. Nothing goes over it before this is
        // written.
        if let Some(websocket) = websocket.filter(|_| response.status() == StatusCode::SWITCHING_PROTOCOLS) {
            connections.upgrades(sid, &websocket);
        }
        return response;
    }
    let Some(transport) = connections.transport(sid) else { return next.run(request).await };
    let is_read = request.method() == Method::GET;
    let response = next.run(counted_in(request, transport.clone())).await;
    if !is_read || response.status() != StatusCode::OK {
        return response;
    }
    let (parts, body) = response.into_parts();
    // It is in memory already.
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
        return Response::from_parts(parts, Body::empty());
    };
    transport.polled(Way::Out, &mut Payload::default(), &body);
    Response::from_parts(parts, body.into())
}

fn counted_in(request: Request, transport: Transport) -> Request {
    let mut payload = Payload::default();
    request.map(|body| {
        let count = move |bytes: &bytes::Bytes| transport.polled(Way::In, &mut payload, bytes);
        Body::from_stream(body.into_data_stream().inspect_ok(count))
    })
}

/// The session that a request belongs to; none for the first one, and for one that has nothing to do with sockets.
fn sid(request: &Request) -> Option<Sid> {
    let query = request.uri().query().filter(|_| request.uri().path().starts_with("/socket.io/"))?;
    query.split('&').find_map(|part| part.strip_prefix("sid="))?.parse().ok()
}

/// Read as the Engine.IO server reads it: the first one counts.
fn is_websocket(request: &Request) -> bool {
    let transport =
        request.uri().query().and_then(|query| query.split('&').find(|part| part.starts_with("transport=")));
    transport == Some("transport=websocket")
}

/// The connection that a request came over.
fn tcp(request: &Request) -> Option<Transport> {
    request.extensions().get::<ConnectInfo<Transport>>().map(|info| info.0.clone())
}
