//! From the text of a packet to its parts: type, attachment count, namespace,
//! acknowledgement id and payload, in this order.

use serde_json::Value;

use super::DecodeError;
use super::attachments::{MAX_ATTACHMENTS, check_placeholders};
use super::packet::{Body, Packet};

/// Reads the text of a packet (the content of an Engine.IO message); also says
/// how many attachments are to follow before the packet is complete.
///
/// # Errors
/// Text that is no Socket.IO packet.
pub fn decode(text: &str) -> Result<(Packet, usize), DecodeError> {
    let kind = text.chars().next().ok_or(DecodeError::Empty)?;
    let rest = &text[kind.len_utf8()..];
    let (count, rest) = match kind {
        '5' | '6' => attachment_count(rest)?,
        _ => (0, rest),
    };
    let (namespace, rest) = namespace(rest);
    let (ack, rest) = ack_id(rest)?;
    let body = body(kind, ack, payload(rest)?)?;
    if let ('5' | '6', Body::Event { args, .. } | Body::Ack { args, .. }) = (kind, &body) {
        check_placeholders(args, count)?;
    }
    Ok((Packet::new(namespace, body), count))
}

pub(super) fn attachment_count(text: &str) -> Result<(usize, &str), DecodeError> {
    let (count, rest) = text.split_once('-').ok_or(DecodeError::AttachmentCount)?;
    if count.is_empty() || !count.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DecodeError::AttachmentCount);
    }
    match count.parse() {
        Ok(count) if count <= MAX_ATTACHMENTS => Ok((count, rest)),
        _ => Err(DecodeError::TooManyAttachments { limit: MAX_ATTACHMENTS }),
    }
}

pub(super) fn namespace(text: &str) -> (&str, &str) {
    match text.starts_with('/') {
        true => text.split_once(',').unwrap_or((text, "")),
        false => ("/", text),
    }
}

pub(super) fn ack_id(text: &str) -> Result<(Option<u64>, &str), DecodeError> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(end);
    if digits.is_empty() {
        return Ok((None, rest));
    }
    let id = digits.parse().map_err(|_| DecodeError::AckIdTooLarge)?;
    Ok((Some(id), rest))
}

fn payload(text: &str) -> Result<Option<Value>, DecodeError> {
    match text {
        "" => Ok(None),
        json => serde_json::from_str(json).map(Some).map_err(|error| DecodeError::Json(error.column())),
    }
}

fn body(kind: char, ack: Option<u64>, payload: Option<Value>) -> Result<Body, DecodeError> {
    match (kind, ack) {
        ('0' | '1' | '4', Some(_)) => Err(DecodeError::UnexpectedAckId),
        ('0', None) => connect(payload),
        ('1', None) => disconnect(payload),
        ('2' | '5', ack) => event(payload, ack),
        ('3' | '6', Some(id)) => acknowledgement(payload, id),
        ('3' | '6', None) => Err(DecodeError::MissingAckId),
        ('4', None) => connect_error(payload),
        (unknown, _) => Err(DecodeError::UnknownType(unknown)),
    }
}

fn connect(payload: Option<Value>) -> Result<Body, DecodeError> {
    match payload {
        None | Some(Value::Object(_)) => Ok(Body::Connect(payload)),
        Some(_) => Err(DecodeError::Payload { expected: "an object" }),
    }
}

fn disconnect(payload: Option<Value>) -> Result<Body, DecodeError> {
    match payload {
        None => Ok(Body::Disconnect),
        Some(_) => Err(DecodeError::UnexpectedPayload),
    }
}

fn event(payload: Option<Value>, ack: Option<u64>) -> Result<Body, DecodeError> {
    let expected = "an array that starts with the name of the event";
    let Some(Value::Array(items)) = payload else {
        return Err(DecodeError::Payload { expected });
    };
    let mut items = items.into_iter();
    let Some(Value::String(name)) = items.next() else {
        return Err(DecodeError::Payload { expected });
    };
    Ok(Body::Event { name, args: items.collect(), attachments: Vec::new(), ack })
}

fn acknowledgement(payload: Option<Value>, id: u64) -> Result<Body, DecodeError> {
    match payload {
        Some(Value::Array(args)) => Ok(Body::Ack { id, args, attachments: Vec::new() }),
        _ => Err(DecodeError::Payload { expected: "an array" }),
    }
}

/// An object with a message; a bare string is what servers before Socket.IO 3
/// send, and is read as the message.
fn connect_error(payload: Option<Value>) -> Result<Body, DecodeError> {
    let expected = "an object with a message";
    let (message, data) = match payload {
        Some(Value::Object(mut fields)) => (fields.remove("message"), fields.remove("data")),
        message => (message, None),
    };
    match message {
        Some(Value::String(message)) => Ok(Body::ConnectError { message, data }),
        _ => Err(DecodeError::Payload { expected }),
    }
}
