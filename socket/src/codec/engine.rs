//! Engine.IO packets: what keeps one connection alive.
//!
//! Over WebSocket each packet is one text frame whose first character is the
//! type. Binary frames carry no type: they are attachments.

use std::time::Duration;

use serde_json::Value;

use super::{DecodeError, Side};

/// One text frame. Engine.IO protocol, "Packet encoding".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnginePacket {
    Open(Handshake),
    Close,
    /// The data is sent back with the pong.
    Ping(String),
    Pong(String),
    /// A Socket.IO packet, still encoded.
    Message(String),
    Upgrade,
    Noop,
}

/// The first packet of every connection. Engine.IO protocol, "Handshake".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    pub sid: String,
    /// Milliseconds between two pings of the server.
    pub ping_interval: u64,
    /// Milliseconds that the server waits for the pong.
    pub ping_timeout: u64,
}

impl Handshake {
    /// How long the server may be silent before the connection counts as dead.
    /// Engine.IO protocol, "Heartbeat".
    pub fn patience(&self) -> Duration {
        Duration::from_millis(self.ping_interval.saturating_add(self.ping_timeout))
    }
}

impl EnginePacket {
    /// The text frame for this packet. A handshake is only ever sent by
    /// servers; it is written with the fields that a client needs.
    pub fn encode(&self) -> String {
        match self {
            Self::Open(handshake) => format!("0{}", handshake.to_json()),
            Self::Close => "1".to_owned(),
            Self::Ping(data) => format!("2{data}"),
            Self::Pong(data) => format!("3{data}"),
            Self::Message(packet) => format!("4{packet}"),
            Self::Upgrade => "5".to_owned(),
            Self::Noop => "6".to_owned(),
        }
    }

    /// Reads one text frame.
    ///
    /// # Errors
    /// An empty frame, an unknown type, data where none belongs, or a
    /// handshake without the fields that a client needs.
    pub fn decode(frame: &str) -> Result<Self, DecodeError> {
        let kind = frame.chars().next().ok_or(DecodeError::Empty)?;
        let data = &frame[kind.len_utf8()..];
        match kind {
            '0' => handshake(data).map(Self::Open),
            '1' => without_data(data, Self::Close),
            '2' => Ok(Self::Ping(data.to_owned())),
            '3' => Ok(Self::Pong(data.to_owned())),
            '4' => Ok(Self::Message(data.to_owned())),
            '5' => without_data(data, Self::Upgrade),
            '6' => without_data(data, Self::Noop),
            unknown => Err(DecodeError::UnknownType(unknown)),
        }
    }
}

impl EnginePacket {
    /// What the type is called, and what it is for.
    pub(super) fn purpose(&self) -> (&'static str, &'static str) {
        match self {
            Self::Open(_) => ("Engine.IO: open", "The first thing that is said on a connection."),
            Self::Close => ("Engine.IO: close", "The connection ends."),
            Self::Ping(_) => ("Engine.IO: ping", "A heartbeat: is the other side still there?"),
            Self::Pong(_) => ("Engine.IO: pong", "The answer to a heartbeat."),
            Self::Message(_) => {
                ("Engine.IO: message", "What follows is for the chat, and not upkeep of the connection.")
            }
            Self::Upgrade => ("Engine.IO: upgrade", "From here on a better kind of connection is used."),
            Self::Noop => ("Engine.IO: noop", "Nothing; it only ends a wait."),
        }
    }

    /// What it says, for people who do not program. `client` is what they call theirs, such as "your browser".
    pub fn in_words(&self, from: Side, client: &str) -> String {
        let (sender, receiver) = from.names(client);
        match self {
            Self::Open(handshake) => {
                let seconds = handshake.ping_interval / 1000;
                format!("{sender} answered. Every {seconds} s it will ask whether {receiver} is still there.")
            }
            Self::Close => format!("{sender} closed the connection."),
            Self::Ping(_) => format!("{sender} asked: still there?"),
            Self::Pong(_) => format!("{sender} answered."),
            Self::Message(_) => format!("{sender} sent a message."),
            Self::Upgrade => format!("{sender} changed to a better kind of connection."),
            Self::Noop => format!("{sender} said nothing, to end a wait."),
        }
    }
}

impl Handshake {
    fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "sid": self.sid,
            "upgrades": [],
            "pingInterval": self.ping_interval,
            "pingTimeout": self.ping_timeout,
        })
    }
}

fn handshake(data: &str) -> Result<Handshake, DecodeError> {
    let json: Value = serde_json::from_str(data).map_err(|_| DecodeError::Handshake)?;
    // By hand: deserializers for this one type would be a part of every client.
    let unfit = DecodeError::HandshakeField;
    let number = |name: &'static str| json[name].as_u64().ok_or_else(|| unfit(name));
    Ok(Handshake {
        sid: json["sid"].as_str().ok_or_else(|| unfit("sid"))?.to_owned(),
        ping_interval: number("pingInterval")?,
        ping_timeout: number("pingTimeout")?,
    })
}

fn without_data(data: &str, packet: EnginePacket) -> Result<EnginePacket, DecodeError> {
    match data {
        "" => Ok(packet),
        _ => Err(DecodeError::UnexpectedPayload),
    }
}
