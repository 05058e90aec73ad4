//! Guards all requests for pages, forms and files. It refuses banned addresses, which may not connect either.
//! It logs requests from pages of another site in the refusal log.

use crate::{http::state::HttpState, operations::refusals::Source, realtime::origin};
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use common::Code;

/// Passes allowed requests on.
pub async fn pass(State(state): State<HttpState>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let address = origin::client_address(&parts, &state.config);
    let log = |path: &str, link, code: Code| {
        state.realtime.refusals.write(Source::request(path, address), link, None, &code.into());
    };
    if state.bans.has_address(address) {
        log("/", "ban", Code::Banned);
        return refused(Code::Banned);
    }
    let path = parts.uri.path().to_owned();
    let response = next.run(Request::from_parts(parts, body)).await;
    if let Some(UnloggedRefusal(code)) = response.extensions().get() {
        log(&path, "origin", *code);
    }
    response
}

/// The answer to a request from a page of another site.
pub fn of_another_site() -> Response {
    let mut response = refused(Code::WrongOrigin);
    response.extensions_mut().insert(UnloggedRefusal(Code::WrongOrigin));
    response
}

/// Marks a response whose refusal is not logged yet.
#[derive(Clone, Copy)]
struct UnloggedRefusal(Code);

fn refused(code: Code) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (StatusCode::FORBIDDEN, kind, code.sentence()).into_response()
}
