//! A Socket.IO packet, complete with its attachments.

use serde_json::Value;

/// One packet of one namespace.
/// Socket.IO protocol, "Packet encoding".
#[derive(Clone, Debug, PartialEq)]
pub struct Packet {
    /// Starts with `/` and contains no comma; the main namespace is `/`.
    pub namespace: String,
    pub body: Body,
}

/// What the packet says. `BINARY_EVENT` and `BINARY_ACK` are events and
/// acknowledgements whose `attachments` are not empty.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// From the client: its credentials. From the server: `sid` and perhaps `pid`.
    /// Always a JSON object.
    Connect(Option<Value>),
    Disconnect,
    Event {
        name: String,
        args: Vec<Value>,
        attachments: Vec<Vec<u8>>,
        /// Present if the sender waits for an acknowledgement.
        ack: Option<u64>,
    },
    Ack {
        id: u64,
        args: Vec<Value>,
        attachments: Vec<Vec<u8>>,
    },
    ConnectError {
        message: String,
        data: Option<Value>,
    },
}

impl Packet {
    pub fn new(namespace: impl Into<String>, body: Body) -> Self {
        Self { namespace: namespace.into(), body }
    }
}
