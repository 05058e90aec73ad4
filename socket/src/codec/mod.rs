//! The wire format: what a frame means, and how a packet becomes frames.
//!
//! Two protocols lie on top of each other. Engine.IO (version 4) keeps one
//! connection alive: handshake, ping, pong, close, message. Socket.IO (version
//! 5) lives inside its messages: namespaces, events, acknowledgements, binary
//! attachments. Nothing here does I/O, keeps time or panics on any input.
//!
//! Protocols: <https://socket.io/docs/v4/engine-io-protocol/> and
//! <https://socket.io/docs/v4/socket-io-protocol/>.

mod anatomy;
mod assemble;
mod attachments;
mod decode;
mod encode;
pub mod engine;
mod error;
mod packet;
mod side;

pub use anatomy::{Piece, dissect};
pub use assemble::Assembler;
pub use attachments::{MAX_ATTACHMENTS, placeholder, placeholder_number};
pub use decode::decode;
pub use encode::encode;
pub use error::DecodeError;
pub use packet::{Body, Packet};
pub use side::Side;
