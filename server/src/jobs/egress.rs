//! Requests to servers elsewhere, from this one.
//!
//! The SSRF guard of link previews and Web Push: the resolver and the connection accept allowed addresses
//! only. Callers follow redirects themselves, so each target is checked again.

use anyhow::Context;
use http_acl_reqwest::{HttpAcl, HttpAclMiddleware};
use reqwest::ClientBuilder;
use reqwest_middleware::ClientWithMiddleware;

/// A client that asks what the list allows only, whatever names lead to: a connection goes to the very
/// address that was looked at. It follows no redirects and takes no proxy. `more` adds to it.
///
/// # Errors
/// When it cannot be made.
pub fn client(
    allowed: HttpAcl,
    more: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> anyhow::Result<ClientWithMiddleware> {
    // An error means that there is one already.
    rustls::crypto::ring::default_provider().install_default().ok();
    let guard = HttpAclMiddleware::new(allowed);
    let client =
        ClientBuilder::new().dns_resolver(guard.dns_resolver()).redirect(reqwest::redirect::Policy::none()).no_proxy();
    let client = more(client).build().context("cannot make requests to other servers")?;
    Ok(reqwest_middleware::ClientBuilder::new(client).with(guard).build())
}
