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
    #[error("the handshake cannot be read: {0}")]
    Handshake(String),
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
    #[error("the payload is not JSON: {0}")]
    Json(String),
    #[error("the payload should be {expected}")]
    Payload { expected: &'static str },
    #[error("a placeholder stands for an attachment that was not announced")]
    Placeholder,
    #[error("a binary frame that no packet announced")]
    UnexpectedAttachment,
    #[error("a text frame where an attachment was due")]
    MissingAttachment,
}
