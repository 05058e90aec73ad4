//! Listening in on a connection, for people who want to see what goes over it.

use crate::core::Frame;
use crate::incoming::Incoming;

/// What a tap hears, at the moment when it happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tapped<'a> {
    /// The server is called.
    Opening,
    /// A frame is handed to the transport.
    Sent(&'a Frame),
    /// A frame came in; what it means is found out next.
    Received(&'a Frame),
    /// What the frames, or the lack of them, have come to. Events are heard here a second time.
    Told(&'a Incoming),
}

/// A listener. It is called while the connection is busy with what it hears, so it may take note
/// but must not use the [`Socket`](crate::Socket).
pub type Tap = Box<dyn FnMut(Tapped<'_>) + Send>;
