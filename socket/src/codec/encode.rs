//! From a packet to its text and the attachments that follow it.

use serde_json::{Value, json};

use super::packet::{Body, Packet};

/// The text of the packet (the content of an Engine.IO message) and the binary
/// frames to send right after it, in order.
/// Socket.IO protocol, "Packet encoding".
pub fn encode(packet: Packet) -> (String, Vec<Vec<u8>>) {
    let Packet { namespace, body } = packet;
    let text = |kind: &str, ack: Option<u64>, payload: &str| {
        let ack = ack.map(|id| id.to_string()).unwrap_or_default();
        format!("{kind}{}{ack}{payload}", address(&namespace))
    };
    match body {
        Body::Connect(auth) => (text("0", None, &optional(auth)), Vec::new()),
        Body::Disconnect => (text("1", None, ""), Vec::new()),
        Body::Event { name, args, attachments, ack } => {
            let payload = array(Some(Value::from(name)).iter().chain(&args));
            (text(&kind('2', '5', attachments.len()), ack, &payload), attachments)
        }
        Body::Ack { id, args, attachments } => {
            let payload = array(args.iter());
            (text(&kind('3', '6', attachments.len()), Some(id), &payload), attachments)
        }
        Body::ConnectError { message, data } => (text("4", None, &refusal(&message, data)), Vec::new()),
    }
}

/// The type, and for binary packets the number of attachments.
fn kind(plain: char, binary: char, attachments: usize) -> String {
    match attachments {
        0 => plain.to_string(),
        count => format!("{binary}{count}-"),
    }
}

/// The main namespace is left out.
fn address(namespace: &str) -> String {
    match namespace {
        "/" => String::new(),
        other => format!("{other},"),
    }
}

fn optional(payload: Option<Value>) -> String {
    payload.map(|value| value.to_string()).unwrap_or_default()
}

fn array<'a>(values: impl Iterator<Item = &'a Value>) -> String {
    let items: Vec<String> = values.map(Value::to_string).collect();
    format!("[{}]", items.join(","))
}

fn refusal(message: &str, data: Option<Value>) -> String {
    match data {
        Some(data) => json!({ "message": message, "data": data }).to_string(),
        None => json!({ "message": message }).to_string(),
    }
}
