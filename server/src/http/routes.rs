//! Every HTTP route, and the layers around them.

use crate::{
    http::{
        accounts::forms,
        emoji,
        files::{download, upload},
        guard, pages, previews, service_worker,
        state::HttpState,
        styles,
    },
    realtime::{admission::Gate, handshake, origin},
};
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderName, HeaderValue, StatusCode},
    middleware::from_fn_with_state,
    response::{Redirect, Response},
    routing::{get, post},
};
use common::limits;
use socketioxide::layer::SocketIoLayer;
use std::convert::Infallible;
use tower::{ServiceBuilder, util::BoxCloneService};
use tower_http::{
    CompressionLevel,
    compression::CompressionLayer,
    csrf::{CsrfLayer, ProtectionError},
    set_header::SetResponseHeaderLayer,
};

/// All routes with their layers.
///
/// # Errors
/// When the public URL or an allowed origin is not an origin.
pub fn app(state: HttpState, gate: Gate, sockets: SocketIoLayer) -> anyhow::Result<App> {
    let people = Router::new()
        // Pages.
        .route("/", get(pages::page))
        .route("/browse", get(pages::page))
        .route("/rooms/{room}", get(pages::page))
        .route("/rooms/{room}/threads/{message}", get(pages::page))
        .route("/rooms/{room}/{seq}", get(pages::page))
        .route("/saved", get(pages::page))
        .route("/people/{person}", get(pages::page))
        .route("/profile", get(pages::page))
        .route("/admin", get(pages::page))
        .route("/admin/{section}", get(pages::page))
        .route("/setup", get(pages::page))
        .route("/sign-in", get(pages::page))
        .route("/sign-up", get(pages::page))
        .route("/how-it-works", get(pages::how_it_works))
        .route("/api/page", get(pages::data))
        .route("/api/emoji/{version}", get(emoji::list))
        .route("/styles/{version}", get(styles::styles))
        // Forms.
        .route("/workspace", post(forms::set_up))
        .route("/accounts", post(forms::sign_up))
        .route("/session", post(forms::sign_in))
        .route("/session/end", post(forms::sign_out))
        .route("/me", post(forms::profile))
        .fallback(pages::page)
        .layer(DefaultBodyLimit::max(limits::FRAME_BYTES))
        .layer(csrf(&state)?)
        // This Brotli level makes pages 7 % smaller than the usual one, in the same time.
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(6)))
        .with_state(state.clone());
    // Routes without the form's size limit and without compression, which would break ranges.
    let files = Router::new()
        .route("/files", post(upload::upload))
        .route("/files/{file}", get(download::file))
        .route("/files/{file}/thumbnail", get(download::thumbnail))
        .route("/previews/{preview}/picture", get(previews::picture))
        .layer(csrf(&state)?)
        .with_state(state.clone());
    let app = people
        .merge(files)
        .layer(from_fn_with_state(state.clone(), guard::pass))
        .route("/health", get(StatusCode::NO_CONTENT))
        .route("/service-worker.js", get(service_worker::service_worker))
        // Browsers request it on pages that name no icon.
        .route("/favicon.ico", get(Redirect::temporary(&state.assets.links.icon)))
        .merge(state.assets.routes());
    // The router does not serve sockets: it copies each request's headers.
    Ok(ServiceBuilder::new()
        .boxed_clone()
        .map_request(handshake::detached)
        .map_response(|response: Response<_>| response.map(Body::new))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "same-origin"))
        .option_layer(origin::shared(&state.config))
        .layer(from_fn_with_state(gate, handshake::follow))
        .layer(sockets)
        .service(app))
}

/// The whole server, as a service.
pub type App = BoxCloneService<Request, Response, Infallible>;

type Rejection = fn(ProtectionError) -> Response;

/// Accepts forms only from pages of this server, by Sec-Fetch-Site, or by Origin in old browsers.
fn csrf(state: &HttpState) -> anyhow::Result<CsrfLayer<Rejection>> {
    let trusted = state.config.public_url.iter().chain(&state.config.allow_origin);
    let layer = trusted
        .into_iter()
        .try_fold(CsrfLayer::new(), |layer, origin| layer.add_trusted_origin(origin.trim_end_matches('/')))?;
    Ok(layer.with_rejection_response(|_| guard::of_another_site()))
}

fn header(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
}
