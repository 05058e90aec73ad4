//! Why a frame could not be understood.

use thiserror::Error;

/// A frame that breaks the protocol. The connection it came from cannot be
/// trusted any more and is closed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DecodeError {
    #[error("the frame is empty")]
    Empty,
    #[error("no packet type {0:?}")]
    UnknownType(char),
    #[error("a packet of this type carries no data")]
    UnexpectedPayload,
    #[error("the handshake is not JSON")]
    Handshake,
    #[error("the handshake has no good {0}")]
    HandshakeField(&'static str),
    #[error("a binary packet does not say how many attachments follow")]
    AttachmentCount,
    #[error("more attachments announced than the {limit} allowed")]
    TooManyAttachments { limit: usize },
    #[error("the acknowledgement id is too large")]
    AckIdTooLarge,
    #[error("an acknowledgement has no id")]
    MissingAckId,
    #[error("a packet of this type has no acknowledgement id")]
    UnexpectedAckId,
    /// The words for what is wrong with JSON would be a part of every client: the place is known.
    #[error("the payload is not JSON from character {0} on")]
    Json(usize),
    #[error("the payload should be {expected}")]
    Payload { expected: &'static str },
    #[error("a placeholder stands for an attachment that was not announced")]
    Placeholder,
    #[error("a binary frame that no packet announced")]
    UnexpectedAttachment,
    #[error("a text frame where an attachment was due")]
    MissingAttachment,
}
