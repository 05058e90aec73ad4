//! Web Push: people are told of messages while nobody is at any of their pages (RFC 8030).
//!
//! What is sent is encrypted for the device that reads it (RFC 8291): the push service in between, which
//! the device has chosen, sees neither words nor names. It is signed with a key of this server (RFC 8292),
//! so no vendor has to be asked for anything.

mod commands;
mod sender;
mod subscriptions;
mod vapid;

pub use commands::{attend, key, subscribe, unsubscribe};
pub use sender::Pushes;

use axum::{http::header, response::IntoResponse};

/// `GET /service-worker.js`: what a browser runs when something is pushed. At the root, since it may only
/// open pages that are below its own address.
pub async fn service_worker() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, include_str!("service-worker.js"))
}
