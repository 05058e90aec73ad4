//! Banned addresses get no page, no form and no file, as they get no connection.

use crate::{origin, state::AppState};
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use common::Code;

/// Passes on the requests of others.
pub async fn keep_out(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let address = origin::client_address(&parts, &state.config);
    if state.bans.has_address(address) {
        state.operations.door.request("/", "ban", &Code::Banned.into(), address);
        let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        return (StatusCode::FORBIDDEN, kind, Code::Banned.sentence()).into_response();
    }
    next.run(Request::from_parts(parts, body)).await
}
