//! Requests pages and pictures of other servers, within limits. The SSRF guard allows public addresses only,
//! also after a redirect.

use crate::jobs::egress;
use anyhow::{Context, bail, ensure};
use http_acl_reqwest::HttpAcl;
use reqwest::{
    Response, StatusCode,
    header::{self, HeaderMap},
};
use reqwest_middleware::ClientWithMiddleware;
use std::time::Duration;
use url::Url;

/// Timeout for a page, and then for its picture, including redirects.
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);

/// Maximum number of redirects.
const REDIRECTS: usize = 3;

/// Maximum number of bytes of a page. Its metadata is at its beginning.
const PAGE: usize = 512 * 1024;

/// Maximum number of bytes of a picture.
const PICTURE: usize = 2 * 1024 * 1024;

/// Maximum number of bytes of an address.
const ADDRESS: usize = 2_000;

const USER_AGENT: &str = concat!("Hubbub/", env!("CARGO_PKG_VERSION"), " (link previews)");

/// The beginning of a page.
pub struct Html {
    pub bytes: Vec<u8>,
    /// The type from the header.
    pub charset: Option<String>,
    /// The address after all redirects.
    pub from: Url,
}

#[derive(Clone)]
pub struct Web {
    client: ClientWithMiddleware,
}

impl Web {
    /// `loopback`, for tests: requests go to 127.0.0.1 only.
    ///
    /// # Errors
    /// When the client cannot be made.
    pub fn new(loopback: bool) -> anyhow::Result<Self> {
        let client =
            egress::client(allowed(loopback)?, |client| client.user_agent(USER_AGENT).pool_max_idle_per_host(0))?;
        Ok(Self { client })
    }

    /// The beginning of a page.
    ///
    /// # Errors
    /// When it is no page, or the request fails or exceeds a limit.
    pub async fn page(&self, url: Url) -> anyhow::Result<Html> {
        let fetched = async {
            let response = self.answer(url, "text/html,application/xhtml+xml").await?;
            let (media_type, charset) = content_type(response.headers());
            ensure!(
                matches!(media_type.as_str(), "text/html" | "application/xhtml+xml"),
                "it is {media_type:?}, no page"
            );
            let from = response.url().clone();
            Ok(Html { bytes: beginning(response, PAGE).await?, charset, from })
        };
        tokio::time::timeout(ANSWERS_WITHIN, fetched).await?
    }

    /// The bytes of a picture, not checked yet.
    ///
    /// # Errors
    /// When it is too large, or the request fails or exceeds a limit.
    pub async fn picture(&self, url: Url) -> anyhow::Result<Vec<u8>> {
        let fetched = async {
            let response = self.answer(url, "image/*").await?;
            let bytes = beginning(response, PICTURE + 1).await?;
            ensure!(bytes.len() <= PICTURE, "the picture is too large");
            Ok(bytes)
        };
        tokio::time::timeout(ANSWERS_WITHIN, fetched).await?
    }

    async fn answer(&self, mut url: Url, accept: &str) -> anyhow::Result<Response> {
        for _ in 0..=REDIRECTS {
            ensure!(matches!(url.scheme(), "http" | "https") && url.as_str().len() <= ADDRESS, "not an address to ask");
            ensure!(url.username().is_empty() && url.password().is_none(), "an address with a password");
            let response = self.client.get(url.clone()).header(header::ACCEPT, accept).send().await?;
            if !response.status().is_redirection() {
                ensure!(response.status() == StatusCode::OK, "the answer is {}", response.status());
                return Ok(response);
            }
            let location = response.headers().get(header::LOCATION).context("a redirect to nowhere")?;
            url = url.join(location.to_str()?)?;
        }
        bail!("too many redirects")
    }
}

/// Public addresses; for tests, loopback addresses only.
fn allowed(loopback: bool) -> anyhow::Result<HttpAcl> {
    let acl = HttpAcl::builder().host_acl_default(true);
    if !loopback {
        // The ports of the web: 80 and 443.
        return Ok(acl.ip_acl_default(true).build());
    }
    let here = std::net::IpAddr::from([127, 0, 0, 1]);
    Ok(acl.non_global_ip_ranges(true).port_acl_default(true).add_allowed_ip_range(here..=here)?.build())
}

/// The type and the charset from the header (RFC 9110 section 8.3).
fn content_type(headers: &HeaderMap) -> (String, Option<String>) {
    let written = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = written.split(';').map(|part| part.trim().to_ascii_lowercase());
    let media_type = parts.next().unwrap_or_default();
    let charset = parts.find_map(|part| part.strip_prefix("charset=").map(|label| label.trim_matches('"').to_owned()));
    (media_type, charset)
}

/// Reads the body up to a maximum size and drops the rest.
async fn beginning(mut response: Response, most: usize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while bytes.len() < most
        && let Some(piece) = response.chunk().await?
    {
        bytes.extend(piece.iter().take(most - bytes.len()));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_ssrf_guard_refuses_private_addresses_in_every_notation() {
        let web = Web::new(false).unwrap();
        for inside in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://0.0.0.0/",
            "http://10.0.0.8/",
            "http://192.168.1.1/",
            "http://172.16.0.1/",
            "http://100.64.0.1/",
            "http://169.254.169.254/latest/meta-data",
            "http://[::1]/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:a00:8]/",
            "http://[::127.0.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "http://localhost/",
            "http://ip6-localhost/",
            "http://9.9.9.9:22/",
            "http://9.9.9.9:6379/",
            "ftp://9.9.9.9/",
            "file:///etc/passwd",
            "http://ada:secret@9.9.9.9/",
        ] {
            let asked = web.page(Url::parse(inside).unwrap()).await;
            let error = asked.err().map(|error| format!("{error:#}")).unwrap_or_default();
            assert!(!error.is_empty() && !error.contains("onnection refused"), "{inside}: {error:?}");
        }
    }
}
