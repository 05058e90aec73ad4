//! The origin of a request: the check of the socket's handshake, and the client's address. The handshake is a
//! GET request, so the CSRF layer does not check it.

use crate::{config::Config, realtime::transport::Transport};
use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use std::net::IpAddr;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// Whether a page of the request's origin may open a socket here. Programs send no origin. They have no cookie
/// for a foreign page to use.
pub fn is_welcome(headers: &HeaderMap, config: &Config) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let of_public_url = config.public_url.as_deref().is_some_and(|url| url.trim_end_matches('/') == origin);
    of_public_url || config.allow_origin.iter().any(|allowed| allowed == origin) || is_own_host(headers, origin)
}

/// CORS for handshakes and long polling: scripts of allowed origins may read the answers. Browsers send no
/// cookies with these requests.
pub fn shared(config: &Config) -> Option<CorsLayer> {
    let allowed = config.allow_origin.clone();
    let may_read = move |origin: &HeaderValue, request: &Parts| {
        let is_allowed = allowed.iter().any(|allowed| allowed.as_bytes() == origin.as_bytes());
        is_allowed && request.uri.path().starts_with("/socket.io/")
    };
    let layer = CorsLayer::new().allow_origin(AllowOrigin::predicate(may_read)).allow_headers([header::CONTENT_TYPE]);
    (!config.allow_origin.is_empty()).then_some(layer)
}

fn is_own_host(headers: &HeaderMap, origin: &str) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let of_origin = origin.split_once("://").map(|(_, host)| host);
    host.is_some() && host == of_origin
}

/// The client's address: the peer's, or the reverse proxy's entry in X-Forwarded-For.
pub fn client_address(parts: &Parts, config: &Config) -> IpAddr {
    forwarded_for(&parts.headers).filter(|_| config.behind_proxy).unwrap_or_else(|| peer(parts))
}

fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let listed = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    listed.rsplit(',').next()?.trim().parse().ok()
}

fn peer(parts: &Parts) -> IpAddr {
    let transport = parts.extensions.get::<ConnectInfo<Transport>>();
    transport.and_then(|info| info.0.peer()).map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.ip())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Cli, Task};
    use clap::Parser;

    fn config(flags: &[&str]) -> Config {
        let line = ["hubbub", "serve"].iter().chain(flags);
        match Cli::parse_from(line).command {
            Task::Serve(config) => config,
            Task::Demo(_) => unreachable!("the line says serve"),
        }
    }

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_page_of_this_host_may_connect_and_another_may_not() {
        let config = config(&[]);
        assert!(is_welcome(&headers("chat.test:3000", Some("http://chat.test:3000")), &config));
        assert!(!is_welcome(&headers("chat.test:3000", Some("http://evil.test")), &config));
        assert!(!is_welcome(&headers("chat.test:3000", Some("null")), &config));
    }

    #[test]
    fn a_program_without_an_origin_may_connect() {
        assert!(is_welcome(&headers("chat.test", None), &config(&[])));
    }

    #[test]
    fn behind_a_proxy_the_public_url_counts() {
        let config = config(&["--public-url", "https://chat.test/"]);
        assert!(is_welcome(&headers("10.0.0.1:3000", Some("https://chat.test")), &config));
    }

    #[test]
    fn a_forwarded_address_counts_only_behind_a_proxy() {
        let (mut parts, ()) = axum::http::Request::builder()
            .header("x-forwarded-for", "203.0.113.9, 198.51.100.7")
            .body(())
            .unwrap()
            .into_parts();
        parts.extensions.insert(ConnectInfo(Transport::new(([127, 0, 0, 1], 5000).into())));
        assert_eq!(client_address(&parts, &config(&[])), IpAddr::from([127, 0, 0, 1]));
        assert_eq!(client_address(&parts, &config(&["--behind-proxy"])), IpAddr::from([198, 51, 100, 7]));
    }
}
