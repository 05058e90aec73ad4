//! A Socket.IO client over WebSocket, the same in the browser and on tokio.
//!
//! [`codec`] knows the wire format; [`core`] decides what to do about frames,
//! commands and the passing of time, without doing any of it; the driver
//! carries the decisions out over one of two transports: `native` (tokio) or
//! `web` (the browser's WebSocket). What people use is the [`Socket`], a
//! handle to send with, and [`Incomings`], the stream of what happens.
//!
//! Socket.IO protocol 5 in Engine.IO protocol 4, transport WebSocket only, one
//! namespace per connection.

#![cfg_attr(
    not(any(feature = "native", feature = "web")),
    expect(dead_code, reason = "without a transport nothing uses the driver")
)]

mod options;
pub use options::{Backoff, Options};

mod incoming;
pub use incoming::{DisconnectReason, Event, Incoming};

mod outgoing;
pub use outgoing::{NotConnected, Reply, RequestError};

mod socket;
pub use socket::Socket;

mod incomings;
pub use incomings::Incomings;

mod tap;
pub use tap::{Tap, Tapped};

pub mod codec;
pub use codec::{placeholder, placeholder_number};

pub mod core;

mod driver;
mod shared;

#[cfg(feature = "native")]
pub mod native;
#[cfg(feature = "web")]
pub mod web;
