//! The service worker of Web Push.

use axum::{http::header, response::IntoResponse};

/// `GET /service-worker.js`: what a browser runs when something is pushed. At the root, since it may only
/// open pages that are below its own address.
pub async fn service_worker() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, include_str!("service-worker.js"))
}
