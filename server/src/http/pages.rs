//! GET requests for pages. The same components render them here and in WASM.

use crate::{
    commands::snapshot::{RoomTarget, Sources},
    config::Lobby,
    http::{assets::Assets, state::HttpState, status::status},
    realtime::session_token,
};
use app::address::{Named, Requested, room_in};
use axum::{
    Json,
    body::Body,
    extract::{FromRef, Query, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use common::{
    Code, MessageId, RoomId, Seq,
    page::{Page, Place},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use serde::Deserialize;
use std::sync::Arc;
use store::{error::Error, invites, sessions::verbs::Session};

/// Dependencies of the pages.
#[derive(Clone)]
pub struct Pages {
    sources: Sources,
    assets: Arc<Assets>,
}

impl FromRef<HttpState> for Pages {
    fn from_ref(state: &HttpState) -> Self {
        Self { sources: sources(state), assets: state.assets.clone() }
    }
}

fn sources(state: &HttpState) -> Sources {
    Sources { db: state.db.clone(), config: state.config.clone(), presence: state.presence.clone() }
}

/// Any page with a path of its own.
pub async fn page(State(pages): State<Pages>, request: Request) -> Response {
    match pages.answer(request).await {
        Ok(response) => response,
        Err(error) => broken(error),
    }
}

/// `/how-it-works`: the same page for all visitors, with or without a workspace.
pub async fn how_it_works(State(pages): State<Pages>, request: Request) -> Response {
    let is_lobby_open = pages.sources.config.lobby == Lobby::On;
    let links = pages.assets.links.clone();
    draw(move || app::how_it_works(links.clone(), is_lobby_open), request).await
}

/// `GET /api/page?room=…&seq=…&thread=…`: the page's data as JSON, for the client without server rendering.
pub async fn data(State(pages): State<Pages>, headers: HeaderMap, Query(wanted): Query<Wanted>) -> Response {
    let result = async {
        let session = pages.session(&headers).await?;
        pages.sources.page(session.as_ref(), wanted.target()).await
    };
    match result.await {
        Ok(page) => ([(header::CACHE_CONTROL, "no-store")], Json(page)).into_response(),
        Err(error) => {
            let refusal = error.into_refusal();
            (status(refusal.code), Json(refusal)).into_response()
        }
    }
}

#[derive(Deserialize)]
pub struct Wanted {
    room: Option<String>,
    seq: Option<Seq>,
    thread: Option<String>,
}

impl Wanted {
    fn target(&self) -> Option<RoomTarget> {
        let room = self.room.as_ref()?.parse().unwrap_or(NO_ROOM);
        let thread = self.thread.as_ref().and_then(|id| id.parse::<MessageId>().ok());
        Some(RoomTarget { room, seq: self.seq, thread })
    }
}

/// The request in a visitor's path.
enum PageRequest {
    SetUp,
    Entry,
    Chat(Option<RoomTarget>),
    Nothing,
}

impl PageRequest {
    fn of(path: &str) -> Self {
        match path {
            "/setup" => PageRequest::SetUp,
            "/sign-in" | "/sign-up" => PageRequest::Entry,
            "/" | "/browse" | "/saved" | "/profile" => PageRequest::Chat(None),
            _ => match room_in(path) {
                Some(Named { room, seq, thread }) => {
                    PageRequest::Chat(Some(RoomTarget { room: room.unwrap_or(NO_ROOM), seq, thread }))
                }
                None if path.starts_with("/people/") || is_console(path) => PageRequest::Chat(None),
                None => PageRequest::Nothing,
            },
        }
    }
}

fn is_console(path: &str) -> bool {
    app::address::Place::of(path) == app::address::Place::Console
}

/// A malformed room id gets the same answer as an unknown one.
const NO_ROOM: RoomId = RoomId(uuid::Uuid::nil());

impl Pages {
    async fn session(&self, headers: &HeaderMap) -> Result<Option<Session>, Error> {
        session_token::of_request(&self.sources.db, headers, &self.sources.config).await
    }

    /// A visitor with an invalid invitation learns it before filling in the form.
    async fn refused_invite(&self, uri: &Uri) -> Result<Option<Response>, Error> {
        let query = requested(uri).query;
        let invite = query.into_iter().find(|(key, _)| key == "invite").map(|(_, token)| token);
        let Some(invite) = invite.filter(|_| uri.path() == "/sign-up") else { return Ok(None) };
        match invites::require(&self.sources.db, &invite).await {
            Ok(()) => Ok(None),
            Err(Error::Refused(refusal)) => {
                Ok(Some(Redirect::to(&format!("/sign-up?refused={}", refusal.code.name())).into_response()))
            }
            Err(broken) => Err(broken),
        }
    }

    async fn answer(&self, request: Request) -> Result<Response, Error> {
        let requested_page = PageRequest::of(request.uri().path());
        let session = self.session(request.headers()).await?;
        if session.is_none()
            && let Some(refused) = self.refused_invite(request.uri()).await?
        {
            return Ok(refused);
        }
        let target = if let PageRequest::Chat(target) = requested_page { target } else { None };
        let page = self.sources.page(session.as_ref(), target).await?;
        if let Some(elsewhere) = redirect(&requested_page, &page, request.uri().path()) {
            return Ok(elsewhere);
        }
        let is_unknown = match &page {
            Page::Chat(snapshot) => matches!(snapshot.place, Place::Unknown { .. }),
            Page::SetUp | Page::Visitor(_) => false,
        };
        let is_forbidden = match &page {
            Page::Chat(snapshot) => is_console(request.uri().path()) && !snapshot.me.role.is_admin(),
            Page::SetUp | Page::Visitor(_) => false,
        };
        let links = self.assets.links.clone();
        let mut response = draw(move || app::shell(links.clone(), page.clone()), request).await;
        if is_unknown || matches!(requested_page, PageRequest::Nothing) {
            *response.status_mut() = StatusCode::NOT_FOUND;
        }
        if is_forbidden {
            *response.status_mut() = StatusCode::FORBIDDEN;
        }
        Ok(response)
    }
}

/// The redirect for a page that does not fit the visitor's state.
fn redirect(requested_page: &PageRequest, page: &Page, path: &str) -> Option<Response> {
    let to = |place: &str| Some(Redirect::to(place).into_response());
    match (page, requested_page) {
        (_, PageRequest::Nothing) | (Page::SetUp, PageRequest::SetUp) => None,
        (Page::SetUp, _) => to("/setup"),
        (Page::Visitor(_), PageRequest::Entry) => None,
        (Page::Visitor(_), PageRequest::SetUp) => to("/sign-in"),
        (Page::Visitor(_), PageRequest::Chat(..)) if path == "/" => to("/sign-in"),
        (Page::Visitor(_), PageRequest::Chat(..)) => to(&format!("/sign-in?next={path}")),
        (Page::Chat(_), PageRequest::SetUp | PageRequest::Entry) => to("/"),
        (Page::Chat(_), PageRequest::Chat(..)) => None,
    }
}

async fn draw<V: IntoView + 'static>(
    document: impl Fn() -> V + Clone + Send + Sync + 'static,
    request: Request<Body>,
) -> Response {
    let requested = requested(request.uri());
    let context = move || provide_context(requested.clone());
    let document = move || {
        guard_with_policy();
        document()
    };
    let mut response = leptos_axum::render_app_to_stream_in_order_with_context(context, document)(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn requested(uri: &Uri) -> Requested {
    let query = serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
    Requested { path: uri.path().to_owned(), query }
}

/// Content security policy: only this server's scripts with this response's nonce run.
fn guard_with_policy() {
    let Some(nonce) = use_nonce() else { return };
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'nonce-{nonce}'; img-src 'self' data:; \
         connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    if let Ok(value) = HeaderValue::from_str(&policy) {
        expect_context::<ResponseOptions>().insert_header(header::CONTENT_SECURITY_POLICY, value);
    }
}

/// A plain error page for when rendering fails.
fn broken(error: Error) -> Response {
    let refusal = error.into_refusal();
    let status = if refusal.code == Code::Internal { StatusCode::INTERNAL_SERVER_ERROR } else { status(refusal.code) };
    let incident = refusal.incident.map(|id| format!(" (incident {id})")).unwrap_or_default();
    (status, format!("{}{incident}\n", refusal.message)).into_response()
}
