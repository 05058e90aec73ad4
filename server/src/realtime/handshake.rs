//! The HTTP requests of a socket: its handshake, and long polling.
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

/// Copies the request's address and headers, and adds its [`transport`]. hyper slices them out of its read
/// buffer of 16 KiB, so each slice keeps the whole buffer. A socket keeps its handshake's headers for its whole
/// life.
pub fn detached(mut request: Request) -> Request {
    if !request.uri().path().starts_with("/socket.io") {
        return request;
    }
    // They were parsed before, so they parse again.
    for value in request.headers_mut().values_mut() {
        if let Ok(copy) = HeaderValue::from_bytes(value.as_bytes()) {
            *value = copy;
        }
    }
    if let Ok(copy) = Uri::try_from(request.uri().to_string()) {
        *request.uri_mut() = copy;
    }
    // A polling client has no TCP connection of its own: a proxy may share it with other clients.
    let own = is_websocket(&request).then(|| tcp(&request)).flatten();
    request.extensions_mut().insert(Under(own.unwrap_or_else(Transport::polling)));
    request
}

/// Limits handshakes per address, counts the bytes of long polling, and finds the WebSocket of an upgraded
/// client.
pub async fn follow(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let Realtime { connections, refusals, .. } = &gate.realtime;
    let Some(sid) = sid(&request) else {
        let (parts, body) = request.into_parts();
        let under = parts.extensions.get::<Under>().cloned();
        if let Some(Under(transport)) = &under {
            let address = origin::client_address(&parts, &gate.config);
            match connections.handshake_permit(address) {
                Ok(permit) => transport.keeps_permit(permit),
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
            transport.returns_permit();
        }
        return response;
    };
    if is_websocket(&request) {
        let websocket = tcp(&request);
        let response = next.run(request).await;
        // A failed upgrade may be on a shared connection. The connection is idle until this answer is written.
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
    // The body is in memory already.
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

/// The session of a request; `None` for a handshake and for requests outside Engine.IO.
fn sid(request: &Request) -> Option<Sid> {
    let query = request.uri().query().filter(|_| request.uri().path().starts_with("/socket.io/"))?;
    query.split('&').find_map(|part| part.strip_prefix("sid="))?.parse().ok()
}

/// Parsed as the Engine.IO server parses it: the first parameter counts.
fn is_websocket(request: &Request) -> bool {
    let transport =
        request.uri().query().and_then(|query| query.split('&').find(|part| part.starts_with("transport=")));
    transport == Some("transport=websocket")
}

/// The TCP connection of a request.
fn tcp(request: &Request) -> Option<Transport> {
    request.extensions().get::<ConnectInfo<Transport>>().map(|info| info.0.clone())
}
