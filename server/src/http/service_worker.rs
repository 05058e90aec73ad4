//! The service worker of Web Push.

use axum::{http::header, response::IntoResponse};

/// `GET /service-worker.js`: browsers run it on a push. Its path is the root because its scope is the folder of
/// its path.
pub async fn service_worker() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, include_str!("service-worker.js"))
}
