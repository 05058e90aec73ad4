//! The transport outside the browser: tokio and tungstenite.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use crate::core::Frame;
use crate::driver::{Endpoint, Platform, prepare};
use crate::{Incomings, Options, Socket};

/// The largest message that is read, in bytes.
const MAX_MESSAGE: usize = 16 * 1024 * 1024;

/// What is read at once, in bytes. The default, 128 KiB, is for few connections with much to say.
const READ_BUFFER: usize = 4 * 1024;

/// The most that is written but not yet taken by the network, in bytes.
const MAX_WRITE_BUFFER: usize = 64 * 1024 * 1024;

/// Connects, and stays connected until told otherwise. Spawns a task, so it
/// must be called within a tokio runtime that has I/O and time enabled.
pub fn connect(options: Options) -> (Socket, Incomings) {
    let (socket, incomings, driver) = prepare::<Native>(options);
    tokio::spawn(driver);
    (socket, incomings)
}

struct Native;

type Connection = WebSocketStream<MaybeTlsStream<TcpStream>>;

impl Platform for Native {
    type Message = Message;
    type Error = Error;
    type Connection = Connection;
    type Opening = BoxFuture<'static, Result<Connection, String>>;
    type Sleep = std::pin::Pin<Box<tokio::time::Sleep>>;

    fn open(endpoint: &Endpoint) -> Self::Opening {
        let request = request(endpoint);
        async move { dial(request?).await.map_err(|error| error.to_string()) }.boxed()
    }

    fn sleep(duration: Duration) -> Self::Sleep {
        Box::pin(tokio::time::sleep(duration))
    }

    fn now() -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        START.elapsed()
    }

    fn random() -> f64 {
        fastrand::f64()
    }

    fn message(frame: Frame) -> Message {
        match frame {
            Frame::Text(text) => Message::text(text),
            Frame::Binary(bytes) => Message::binary(bytes),
        }
    }

    fn frame(message: Message) -> Option<Frame> {
        match message {
            Message::Text(text) => Some(Frame::Text(text.as_str().to_owned())),
            Message::Binary(bytes) => Some(Frame::Binary(bytes.into())),
            Message::Ping(_) | Message::Pong(_) | Message::Close(_) | Message::Frame(_) => None,
        }
    }

    fn describe(error: Error) -> Option<String> {
        match error {
            Error::ConnectionClosed
            | Error::AlreadyClosed
            | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => None,
            other => Some(other.to_string()),
        }
    }
}

fn request(endpoint: &Endpoint) -> Result<Request, String> {
    let mut request = endpoint.url.as_str().into_client_request().map_err(|error| error.to_string())?;
    for (name, value) in &endpoint.headers {
        let header = HeaderName::try_from(name).map_err(|error| error.to_string())?;
        let value = HeaderValue::try_from(value).map_err(|error| error.to_string())?;
        request.headers_mut().append(header, value);
    }
    Ok(request)
}

/// Without Nagle's algorithm: packets are small, and people wait for them.
async fn dial(request: Request) -> Result<Connection, Error> {
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .max_message_size(Some(MAX_MESSAGE))
        .max_frame_size(Some(MAX_MESSAGE))
        .max_write_buffer_size(MAX_WRITE_BUFFER);
    let disable_nagle = true;
    let (connection, _) = connect_async_with_config(request, Some(config), disable_nagle).await?;
    Ok(connection)
}
