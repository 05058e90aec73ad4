//! Web Push: notifies people of messages while they have no page open (RFC 8030).
//!
//! The server encrypts each notification for its device (RFC 8291), so the device's push service sees neither
//! words nor names. It signs requests with its own key (RFC 8292), so it needs no registration with a vendor.

pub mod endpoint;
mod sender;
mod vapid;

pub use sender::Pushes;
