//! A Socket.IO packet, complete with its attachments.

use serde_json::Value;

use super::Side;

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

impl Body {
    /// What the type is called, and what it is for.
    pub(super) fn purpose(&self) -> (&'static str, &'static str) {
        match self {
            Self::Connect(_) => ("Socket.IO: connect", "The way into a part of the server."),
            Self::Disconnect => ("Socket.IO: disconnect", "The way out of a part of the server."),
            Self::Event { .. } => ("Socket.IO: event", "Something happened, or is to happen. It has a name."),
            Self::Ack { .. } => ("Socket.IO: acknowledgement", "The answer to an event that asked for one."),
            Self::ConnectError { .. } => ("Socket.IO: connect error", "The way in is closed, and why."),
        }
    }

    /// What the rest of the packet holds.
    pub(super) fn content(&self) -> (&'static str, &'static str) {
        match self {
            Self::Connect(_) => ("Credentials", "Who it is, as JSON."),
            Self::Disconnect => ("Nothing", "There is nothing more to say."),
            Self::Event { .. } => {
                ("Name and payload", "A list in JSON: what happened, then all there is to know of it.")
            }
            Self::Ack { .. } => ("Answer", "A list in JSON with the answer."),
            Self::ConnectError { .. } => ("Reason", "Why, as JSON."),
        }
    }
}

impl Packet {
    pub fn new(namespace: impl Into<String>, body: Body) -> Self {
        Self { namespace: namespace.into(), body }
    }

    /// What it says, for people who do not program, as far as that can be told without knowing the events.
    /// `client` is what they call theirs, such as "your browser".
    pub fn in_words(&self, from: Side, client: &str) -> String {
        let (sender, receiver) = from.names(client);
        let namespace = &self.namespace;
        match (&self.body, from) {
            (Body::Connect(_), Side::Client) => format!("{sender} asked to be let into {namespace}."),
            (Body::Connect(_), Side::Server) => format!("{sender} let {receiver} into {namespace}."),
            (Body::Disconnect, Side::Client) => format!("{sender} left {namespace}."),
            (Body::Disconnect, Side::Server) => format!("{sender} put {receiver} out of {namespace}."),
            (Body::Event { name, .. }, _) => format!("{sender} sent “{name}”."),
            (Body::Ack { id, .. }, _) => format!("{sender} answered question {id}."),
            (Body::ConnectError { .. }, _) => format!("{sender} did not let {receiver} into {namespace}."),
        }
    }
}
