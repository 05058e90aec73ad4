//! A client that only listens. It reads of a frame what it needs and makes nothing of the rest, so
//! that a thousand of them leave the machine to the server that is measured.

use anyhow::{Context, bail, ensure};
use futures::{SinkExt, StreamExt};
use std::collections::VecDeque;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Message, protocol::WebSocketConfig},
};

const POSTED: &str = r#"42/chat,["message:posted","#;
/// Several events in one packet, and how each message in it begins.
const BATCH: &str = r#"42/chat,["batch",["#;
const POSTED_IN_BATCH: &str = r#"["message:posted","#;

pub struct Listener {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Messages of the last batch.
    heard: VecDeque<Posted>,
}

/// What it needs to know of a message.
pub struct Posted {
    pub seq: i64,
    /// When its author sent it, as the text says, in microseconds.
    pub sent: u64,
}

impl Listener {
    /// In the chat.
    pub async fn connect(port: u16, token: &str) -> anyhow::Result<Self> {
        let url = format!("ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket");
        let config = WebSocketConfig::default().read_buffer_size(16 * 1024);
        let disable_nagle = true;
        let (stream, _) = connect_async_with_config(url, Some(config), disable_nagle).await?;
        let mut listener = Self { stream, heard: VecDeque::new() };
        let open = listener.text().await?;
        ensure!(open.starts_with('0'), "an open packet, not {open}");
        listener.stream.send(Message::text(format!(r#"40/chat,{{"token":"{token}","batch":true}}"#))).await?;
        let answer = listener.text().await?;
        ensure!(answer.starts_with("40/chat,"), "a CONNECT packet, not {answer}");
        Ok(listener)
    }

    /// The next text that is not a ping.
    async fn text(&mut self) -> anyhow::Result<String> {
        loop {
            match self.stream.next().await.context("the connection ended")?? {
                Message::Text(text) if text.as_str() == "2" => self.stream.send(Message::text("3")).await?,
                Message::Text(text) => return Ok(text.to_string()),
                other => bail!("a text, not {other:?}"),
            }
        }
    }

    /// The next message; `None` at the end of the connection.
    pub async fn next(&mut self) -> Option<Posted> {
        loop {
            if let Some(posted) = self.heard.pop_front() {
                return Some(posted);
            }
            let Ok(Message::Text(frame)) = self.stream.next().await? else { continue };
            if frame.as_str() == "2" {
                self.stream.send(Message::text("3")).await.ok()?;
            } else if let Some(message) = frame.strip_prefix(POSTED) {
                return posted(message);
            } else if let Some(batch) = frame.strip_prefix(BATCH) {
                self.heard.extend(batch.split(POSTED_IN_BATCH).skip(1).filter_map(posted));
            }
        }
    }
}

fn posted(message: &str) -> Option<Posted> {
    Some(Posted { seq: number_after(message, r#""seq":"#)?, sent: number_after(message, r#""text":""#)? })
}

fn number_after<T: std::str::FromStr>(text: &str, name: &str) -> Option<T> {
    let rest = &text[text.find(name)? + name.len()..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_a_message() {
        let message = r#"{"id":"a","seq":17,"author":"b","text":"123456 xxx","at":1}]"#;
        assert_eq!(number_after(message, r#""seq":"#), Some(17_i64));
        assert_eq!(number_after(message, r#""text":""#), Some(123_456_u64));
        assert_eq!(number_after::<u64>(message, r#""none":"#), None);
    }
}
