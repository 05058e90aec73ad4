//! The transport in the browser, which sends cookies and other headers by
//! itself.

use std::future::poll_fn;
use std::time::Duration;

use futures::future::LocalBoxFuture;
use futures::{FutureExt, SinkExt};
use gloo_net::websocket::futures::WebSocket;
use gloo_net::websocket::{Message, State, WebSocketError};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;

use crate::core::Frame;
use crate::driver::{Endpoint, Platform, prepare};
use crate::{Incomings, Options, Socket};

/// Connects, and stays connected until told otherwise.
pub fn connect(options: Options) -> (Socket, Incomings) {
    let (socket, incomings, driver) = prepare::<Web>(options);
    wasm_bindgen_futures::spawn_local(driver);
    (socket, incomings)
}

struct Web;

impl Platform for Web {
    type Message = Message;
    type Error = WebSocketError;
    type Connection = WebSocket;
    type Opening = LocalBoxFuture<'static, Result<WebSocket, String>>;
    type Sleep = TimeoutFuture;

    fn open(endpoint: &Endpoint) -> Self::Opening {
        open(endpoint.url.clone()).boxed_local()
    }

    /// Rounds up to milliseconds, and down to an hour: a browser counts them
    /// in 31 bits, and waking up early does no harm.
    fn sleep(duration: Duration) -> Self::Sleep {
        const HOUR: u128 = 3_600_000;
        let milliseconds = duration.as_micros().div_ceil(1000).min(HOUR);
        TimeoutFuture::new(u32::try_from(milliseconds).unwrap_or(u32::MAX))
    }

    /// The clock of the page, or of the worker: `performance` is a global.
    fn now() -> Duration {
        let performance = js_sys::Reflect::get(&js_sys::global(), &"performance".into());
        let milliseconds = performance
            .ok()
            .and_then(|value| value.dyn_into::<web_sys::Performance>().ok())
            .map_or_else(js_sys::Date::now, |performance| performance.now());
        Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or_default()
    }

    fn random() -> f64 {
        js_sys::Math::random()
    }

    fn message(frame: Frame) -> Message {
        match frame {
            Frame::Text(text) => Message::Text(text),
            Frame::Binary(bytes) => Message::Bytes(bytes),
        }
    }

    fn frame(message: Message) -> Option<Frame> {
        Some(match message {
            Message::Text(text) => Frame::Text(text),
            Message::Bytes(bytes) => Frame::Binary(bytes),
        })
    }

    fn describe(error: WebSocketError) -> Option<String> {
        match error {
            WebSocketError::ConnectionClose(_) => None,
            other => Some(other.to_string()),
        }
    }
}

/// A browser does not tell why it could not connect.
async fn open(url: String) -> Result<WebSocket, String> {
    let mut connection = WebSocket::open(&url).map_err(|error| error.to_string())?;
    poll_fn(|cx| connection.poll_ready_unpin(cx)).await.map_err(|error| error.to_string())?;
    match connection.state() {
        State::Open => Ok(connection),
        _ => Err("the browser could not connect".to_owned()),
    }
}
