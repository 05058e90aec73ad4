//! Coalesces the first writes on a WebSocket: the answer to the upgrade, the open packet and the first ping.
//! Three tasks produce them in quick succession. Separately, each would cost a network packet and some
//! thousands of instructions at both ends.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// The beginning of an answer to an upgrade (RFC 9110, section 15.2.2).
pub(super) const SWITCHING_PROTOCOLS: &[u8] = b"HTTP/1.1 101 ";

/// Capacity of the buffer.
const MOST: usize = 1024;

/// The answer, the open packet, the ping.
const PIECES: usize = 3;

/// The number of yields to other tasks before an incomplete opening is written. An upgrade after polling
/// consists of the answer only.
const TURNS: usize = 64;

/// The buffer: from the answer to an upgrade until the opening is complete or stalls.
#[derive(Default)]
pub(super) struct Opening {
    held: Vec<u8>,
    pieces: usize,
    turns: usize,
    turn: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl Opening {
    pub(super) fn is_held(&self) -> bool {
        !self.held.is_empty()
    }

    /// Buffers written bytes that belong to an opening.
    pub(super) fn takes(&mut self, bytes: &[u8]) -> bool {
        let belongs = self.is_held() || bytes.starts_with(SWITCHING_PROTOCOLS);
        let is_taken = belongs && self.held.len() + bytes.len() <= MOST;
        if is_taken {
            self.held.extend_from_slice(bytes);
            self.pieces += 1;
            self.turns = 0;
        }
        is_taken
    }

    pub(super) fn is_complete(&self) -> bool {
        self.pieces >= PIECES
    }

    /// Yields to other tasks while the opening is incomplete.
    pub(super) fn poll_rest(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while !self.is_complete() && self.turns < TURNS {
            let turn = self.turn.get_or_insert_with(|| Box::pin(tokio::task::yield_now()));
            ready!(turn.as_mut().poll(cx));
            self.turn = None;
            self.turns += 1;
        }
        Poll::Ready(())
    }

    /// Writes the buffer.
    pub(super) fn poll_write(
        &mut self,
        cx: &mut Context<'_>,
        mut write: impl FnMut(&mut Context<'_>, &[u8]) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<()>> {
        while self.is_held() {
            match ready!(write(cx, &self.held))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => drop(self.held.drain(..written)),
            }
        }
        *self = Self::default();
        Poll::Ready(Ok(()))
    }
}
