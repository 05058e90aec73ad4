//! Web Push: tells people of messages while they are at none of their pages (RFC 8030).
//!
//! What is sent is encrypted for the device that reads it (RFC 8291): the push service in between, which
//! the device has chosen, sees neither words nor names. It is signed with a key of this server (RFC 8292),
//! so no vendor has to be asked for anything.

pub mod endpoint;
mod sender;
mod vapid;

pub use sender::Pushes;
