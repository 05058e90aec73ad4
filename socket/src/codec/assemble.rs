//! Puts packets together from the frames of one connection: the text first,
//! then its attachments.

use super::DecodeError;
use super::decode::decode;
use super::packet::{Body, Packet};

/// Holds at most one unfinished packet. Use one assembler per connection.
#[derive(Debug, Default)]
pub struct Assembler {
    unfinished: Option<Unfinished>,
}

#[derive(Debug)]
struct Unfinished {
    packet: Packet,
    attachments: Vec<Vec<u8>>,
    expected: usize,
}

impl Assembler {
    /// Takes the content of an Engine.IO message. Returns the packet, or `None`
    /// if it has attachments yet to come.
    ///
    /// # Errors
    /// Text that is no Socket.IO packet, or that comes where an attachment was due.
    pub fn text(&mut self, text: &str) -> Result<Option<Packet>, DecodeError> {
        if self.unfinished.take().is_some() {
            return Err(DecodeError::MissingAttachment);
        }
        let (packet, expected) = decode(text)?;
        if expected == 0 {
            return Ok(Some(packet));
        }
        self.unfinished = Some(Unfinished { packet, attachments: Vec::new(), expected });
        Ok(None)
    }

    /// Takes a binary frame. Returns the packet if this was its last attachment.
    ///
    /// # Errors
    /// A frame that no packet announced.
    pub fn binary(&mut self, frame: Vec<u8>) -> Result<Option<Packet>, DecodeError> {
        let mut unfinished = self.unfinished.take().ok_or(DecodeError::UnexpectedAttachment)?;
        unfinished.attachments.push(frame);
        if unfinished.attachments.len() < unfinished.expected {
            self.unfinished = Some(unfinished);
            return Ok(None);
        }
        Ok(Some(unfinished.complete()))
    }
}

impl Unfinished {
    fn complete(mut self) -> Packet {
        if let Body::Event { attachments, .. } | Body::Ack { attachments, .. } = &mut self.packet.body {
            *attachments = self.attachments;
        }
        self.packet
    }
}
