//! A WebSocket without a client library: it sends exactly what a test says, and returns every frame.

use super::{Person, Polling, within};
use common::Refusal;
use futures::{SinkExt, StreamExt};
use serde_json::Value;
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message},
};

pub struct RawSocket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl RawSocket {
    /// An open Engine.IO session, in no namespace.
    pub async fn open(address: SocketAddr) -> Self {
        let url = format!("ws://{address}/socket.io/?EIO=4&transport=websocket");
        let (stream, _) = within("a WebSocket", connect_async(url)).await.expect("the handshake succeeds");
        let mut socket = Self { stream };
        let first = socket.next().await;
        assert!(first.as_ref().is_some_and(|frame| frame.starts_with('0')), "an open packet, not {first:?}");
        socket
    }

    /// The upgrade of a session that polled (Engine.IO protocol, "Upgrade").
    pub async fn upgrades(address: SocketAddr, polling: &Polling<'_>) -> Self {
        let url = format!("ws://{address}{}", polling.websocket_path());
        let (stream, _) = within("a WebSocket", connect_async(url)).await.expect("the handshake succeeds");
        let mut socket = Self { stream };
        socket.sends("2probe").await;
        assert_eq!(socket.next().await.as_deref(), Some("3probe"));
        socket.sends("5").await;
        socket
    }

    /// In the chat, as a person.
    pub async fn joined(address: SocketAddr, person: &Person) -> Self {
        let mut socket = Self::open(address).await;
        socket.sends(format!(r#"40/chat,{{"token":"{}"}}"#, person.token)).await;
        let answer = socket.next().await;
        assert!(answer.as_ref().is_some_and(|frame| frame.starts_with("40/chat,")), "a CONNECT packet, not {answer:?}");
        socket
    }

    /// In a namespace, without an account; or the refusal.
    pub async fn enters(address: SocketAddr, namespace: &str) -> Result<Self, Refusal> {
        let mut socket = Self::open(address).await;
        socket.sends(format!("40{namespace},")).await;
        let answer = socket.next().await.expect("an answer");
        match answer.strip_prefix(&format!("44{namespace},")) {
            None => Ok(socket),
            Some(error) => {
                let error: Value = serde_json::from_str(error).unwrap();
                Err(serde_json::from_str(error["message"].as_str().unwrap()).expect("a refusal as JSON"))
            }
        }
    }

    pub async fn sends(&mut self, text: impl Into<String>) {
        // Reading reports that the server has closed the connection.
        drop(self.stream.send(Message::text(text.into())).await);
    }

    pub async fn sends_bytes(&mut self, bytes: Vec<u8>) {
        drop(self.stream.send(Message::binary(bytes)).await);
    }

    /// The next text frame except pings; `None` when the server has closed the connection.
    pub async fn next(&mut self) -> Option<String> {
        loop {
            match within("a frame, or the end", self.stream.next()).await {
                Some(Ok(Message::Text(text))) if text.as_str() == "2" => self.sends("3").await,
                Some(Ok(Message::Text(text))) => return Some(text.to_string()),
                Some(Ok(Message::Close(_)) | Err(Error::ConnectionClosed | Error::Io(_) | Error::Protocol(_)))
                | None => {
                    return None;
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => panic!("{error}"),
            }
        }
    }

    /// The answer with this acknowledgement number; `None` when the server has closed the connection.
    pub async fn answer(&mut self, number: u32) -> Option<String> {
        let beginning = format!("43/chat,{number}");
        while let Some(frame) = self.next().await {
            if let Some(answer) = frame.strip_prefix(&beginning) {
                return Some(answer.to_owned());
            }
        }
        None
    }

    /// Waits until the server has closed the connection.
    pub async fn hears_the_end(mut self) {
        while self.next().await.is_some() {}
    }
}
