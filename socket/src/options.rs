//! Where to connect, as whom, and how patiently.

use std::time::Duration;

use serde_json::Value;

/// Everything that is fixed when a connection is made. Only the credentials
/// can change later, with [`Socket::set_auth`](crate::Socket::set_auth).
#[derive(Clone, Debug)]
pub struct Options {
    /// `ws://host:port` or `wss://…`; `http` and `https` mean the same.
    /// `/socket.io/` is appended.
    pub url: String,
    /// Starts with `/` and contains no comma.
    pub namespace: String,
    /// Sent when joining the namespace; must be a JSON object.
    pub auth: Option<Value>,
    pub reconnect: Backoff,
    /// How long [`Socket::request`](crate::Socket::request) waits for the reply.
    pub request_timeout: Duration,
    /// How long one attempt to connect may take, from opening the transport to
    /// having joined the namespace.
    pub connect_timeout: Duration,
    /// Whether to try again by itself after the server refused the connection.
    pub retry_refused: bool,
    /// Extra headers of the opening request, such as `Cookie` and `Origin`.
    /// Native only: a browser sends its own.
    pub headers: Vec<(String, String)>,
}

impl Options {
    /// The official client's defaults: 20 seconds to connect; a request waits
    /// 10 seconds, where the official client waits forever.
    pub fn new(url: impl Into<String>, namespace: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            namespace: namespace.into(),
            auth: None,
            reconnect: Backoff::default(),
            request_timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(20),
            retry_refused: false,
            headers: Vec::new(),
        }
    }

    #[must_use]
    pub fn auth(mut self, auth: Value) -> Self {
        self.auth = Some(auth);
        self
    }

    #[must_use]
    pub fn reconnect(mut self, backoff: Backoff) -> Self {
        self.reconnect = backoff;
        self
    }

    #[must_use]
    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.request_timeout = timeout;
        self
    }

    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    #[must_use]
    pub fn retry_refused(mut self, retry: bool) -> Self {
        self.retry_refused = retry;
        self
    }

    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The address of the WebSocket itself. Engine.IO protocol, "Protocol".
    pub(crate) fn endpoint(&self) -> String {
        let base = self.url.trim_end_matches('/');
        let base = match base.strip_prefix("http") {
            Some(rest) if rest.starts_with("://") || rest.starts_with("s://") => {
                format!("ws{rest}")
            }
            _ => base.to_owned(),
        };
        format!("{base}/socket.io/?EIO=4&transport=websocket")
    }
}

/// Exponential back-off with full jitter: before attempt n the client waits
/// anything between nothing and `base` × 2ⁿ⁻¹, but never more than `cap`, so
/// that the clients of a server that was down do not all return at once.
/// <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    pub base: Duration,
    pub cap: Duration,
}

impl Backoff {
    /// The wait before `attempt`, counted from 1, for a `random` number from 0
    /// (inclusive) to 1 (exclusive).
    pub fn delay(&self, attempt: u32, random: f64) -> Duration {
        let doublings = attempt.saturating_sub(1).min(31);
        let longest = self.base.saturating_mul(1 << doublings).min(self.cap);
        let part = longest.as_secs_f64() * random;
        Duration::try_from_secs_f64(part).map_or(longest, |part| part.min(longest))
    }
}

impl Default for Backoff {
    fn default() -> Self {
        Self { base: Duration::from_millis(500), cap: Duration::from_secs(10) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_endpoint_speaks_websocket_whatever_the_url_said() {
        for (url, endpoint) in [
            ("ws://a:1", "ws://a:1/socket.io/?EIO=4&transport=websocket"),
            ("http://a/", "ws://a/socket.io/?EIO=4&transport=websocket"),
            ("https://a", "wss://a/socket.io/?EIO=4&transport=websocket"),
            ("wss://http", "wss://http/socket.io/?EIO=4&transport=websocket"),
        ] {
            assert_eq!(Options::new(url, "/").endpoint(), endpoint);
        }
    }

    #[test]
    fn the_delay_doubles_until_the_cap() {
        let backoff = Backoff::default();
        let longest = |attempt| backoff.delay(attempt, 1.0).as_millis();
        assert_eq!([1, 2, 3, 5, 6, 7, 1000].map(longest), [500, 1000, 2000, 8000, 10_000, 10_000, 10_000]);
    }

    #[test]
    fn a_delay_without_end_does_not_overflow() {
        let backoff = Backoff { base: Duration::MAX, cap: Duration::MAX };
        assert_eq!(backoff.delay(9, 1.0), Duration::MAX);
    }

    #[test]
    fn the_jitter_is_full() {
        let backoff = Backoff::default();
        assert_eq!(backoff.delay(4, 0.0), Duration::ZERO);
        assert_eq!(backoff.delay(4, 0.25), Duration::from_secs(1));
        assert_eq!(backoff.delay(4, f64::NAN), Duration::from_secs(4));
    }
}
