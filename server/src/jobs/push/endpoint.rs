//! Validates the addresses of push services.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use common::{Code, limits, push::SubscribePush};
use http_acl_reqwest::HttpAcl;
use std::{net::IpAddr, sync::LazyLock};
use store::push_subscriptions::Subscription;
use url::{Host, Url};
use web_push_native::{Auth, p256::PublicKey};

/// The subscription from a device's request.
///
/// # Errors
/// [`Code::BadEndpoint`]
pub fn checked(wanted: &SubscribePush, loopback: bool) -> Result<Subscription, Code> {
    let bytes = |text: &str| BASE64.decode(text.trim_end_matches('=')).ok();
    let endpoint = Url::parse(wanted.endpoint.expose()).ok().filter(|url| is_welcome(url, loopback));
    let public_key = bytes(wanted.p256dh.expose()).and_then(|bytes| PublicKey::from_sec1_bytes(&bytes).ok());
    let auth = bytes(wanted.auth.expose()).filter(|bytes| bytes.len() == Auth::default().len());
    match (endpoint, public_key, auth) {
        (Some(endpoint), Some(public_key), Some(auth)) => {
            Ok(Subscription { endpoint, public_key, auth: Auth::clone_from_slice(&auth) })
        }
        _ => Err(Code::BadEndpoint),
    }
}

/// Whether the URL can be a public push service. The SSRF guard checks its resolved address at each request.
fn is_welcome(endpoint: &Url, loopback: bool) -> bool {
    let is_plain = endpoint.username().is_empty() && endpoint.password().is_none();
    let is_open = match endpoint.host() {
        Some(Host::Domain(name)) => name != "localhost" && !name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => is_global(address.into()),
        Some(Host::Ipv6(address)) => is_global(address.into()),
        None => false,
    };
    let is_secure = endpoint.scheme() == "https" && is_open;
    let is_test = loopback && endpoint.scheme() == "http" && endpoint.host_str() == Some("127.0.0.1");
    endpoint.as_str().len() <= limits::ENDPOINT_CHARS && is_plain && (is_secure || is_test)
}

fn is_global(address: IpAddr) -> bool {
    static ACL: LazyLock<HttpAcl> = LazyLock::new(|| HttpAcl::builder().ip_acl_default(true).build());
    ACL.is_ip_allowed(&address).is_allowed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_push_services_are_accepted() {
        let is_welcome = |url: &str, loopback| super::is_welcome(&Url::parse(url).unwrap(), loopback);
        assert!(is_welcome("https://push.example.net/send/x", false));
        assert!(is_welcome("https://9.9.9.9:8443/x", false));
        for inside in [
            "http://push.example.net/x",
            "https://localhost/x",
            "https://127.0.0.1/x",
            "https://2130706433/x",
            "https://10.0.0.8/x",
            "https://169.254.169.254/latest",
            "https://[::1]/x",
            "https://[::ffff:10.0.0.8]/x",
            "https://[fd00::1]/x",
            "https://ada:secret@push.example.net/x",
            "ftp://push.example.net/x",
            "data:text/plain,x",
            "http://127.0.0.1:9/x",
        ] {
            assert!(!is_welcome(inside, false), "{inside}");
        }
        assert!(is_welcome("http://127.0.0.1:9/x", true) && !is_welcome("http://10.0.0.8/x", true));
        assert!(!is_welcome(&format!("https://push.example.net/{}", "x".repeat(limits::ENDPOINT_CHARS)), false));
    }
}
