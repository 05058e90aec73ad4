//! A text frame taken apart: what each of its characters is for, in words.

use super::decode::{ack_id, attachment_count, decode, namespace};
use super::engine::EnginePacket;
use super::{Body, DecodeError};

/// A part of a frame. All of them together, in their order, are the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    pub text: &'a str,
    /// What it is called.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub purpose: &'static str,
    /// Whether it is JSON.
    pub is_json: bool,
}

/// The parts of a text frame, Engine.IO's first.
///
/// # Errors
/// Those of the decoders: what cannot be read cannot be taken apart.
pub fn dissect(frame: &str) -> Result<Vec<Piece<'_>>, DecodeError> {
    let packet = EnginePacket::decode(frame)?;
    let (kind, rest) = frame.split_at(1);
    let mut pieces = vec![piece(kind, packet.purpose())];
    match packet {
        EnginePacket::Open(_) => pieces.push(json(rest, ("Handshake", "How this connection is kept alive, as JSON."))),
        EnginePacket::Message(_) => dissect_message(rest, &mut pieces)?,
        EnginePacket::Ping(_) | EnginePacket::Pong(_) => {
            pieces.push(piece(rest, ("Data", "What is sent back as it is.")))
        }
        EnginePacket::Close | EnginePacket::Upgrade | EnginePacket::Noop => {}
    }
    pieces.retain(|piece| !piece.text.is_empty());
    Ok(pieces)
}

fn dissect_message<'a>(message: &'a str, pieces: &mut Vec<Piece<'a>>) -> Result<(), DecodeError> {
    let (packet, _) = decode(message)?;
    let (kind, rest) = message.split_at(1);
    pieces.push(piece(kind, packet.body.purpose()));
    let after_count = if matches!(kind, "5" | "6") { attachment_count(rest)?.1 } else { rest };
    let (_, after_namespace) = namespace(after_count);
    let (_, payload) = ack_id(after_namespace)?;
    let number = match packet.body {
        Body::Ack { .. } => ("Number", "The number of the event that this answers."),
        _ => ("Number", "The answer will have the same number."),
    };
    pieces.push(piece(before(rest, after_count), ("Attachments", "This many frames of bytes follow this one.")));
    pieces.push(piece(before(after_count, after_namespace), ("Namespace", "The part of the server that this is for.")));
    pieces.push(piece(before(after_namespace, payload), number));
    pieces.push(json(payload, packet.body.content()));
    Ok(())
}

/// What stands before the rest of a text.
fn before<'a>(text: &'a str, rest: &str) -> &'a str {
    &text[..text.len() - rest.len()]
}

fn piece<'a>(text: &'a str, (name, purpose): (&'static str, &'static str)) -> Piece<'a> {
    Piece { text, name, purpose, is_json: false }
}

fn json<'a>(text: &'a str, of: (&'static str, &'static str)) -> Piece<'a> {
    Piece { is_json: true, ..piece(text, of) }
}
