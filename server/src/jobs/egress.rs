//! Outbound HTTP client, limited to public addresses (SSRF protection).
//!
//! The SSRF guard of link previews and Web Push: the resolver and the connection accept allowed addresses
//! only. Callers follow redirects themselves, so each target is checked again.

use anyhow::Context;
use http_acl_reqwest::{HttpAcl, HttpAclMiddleware};
use reqwest::ClientBuilder;
use reqwest_middleware::ClientWithMiddleware;

/// A client that connects to addresses on the list only, whatever a host name resolves to. It connects to the
/// very address that the guard has checked. It follows no redirects and uses no proxy. `more` configures it
/// further.
///
/// # Errors
/// When the client cannot be built.
pub fn client(
    allowed: HttpAcl,
    more: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> anyhow::Result<ClientWithMiddleware> {
    // An error means that the process has a provider already.
    rustls::crypto::ring::default_provider().install_default().ok();
    let guard = HttpAclMiddleware::new(allowed);
    let client =
        ClientBuilder::new().dns_resolver(guard.dns_resolver()).redirect(reqwest::redirect::Policy::none()).no_proxy();
    let client = more(client).build().context("cannot make requests to other servers")?;
    Ok(reqwest_middleware::ClientBuilder::new(client).with(guard).build())
}
