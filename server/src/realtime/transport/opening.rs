//! What a server says first on a WebSocket, written at once: the answer to the upgrade, the open
//! packet and the first ping are made one right after the other, by three tasks. Each of them alone
//! would be a packet on the network, and some thousands of instructions at both ends.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// How an answer to an upgrade begins (RFC 9110, section 15.2.2).
pub(super) const SWITCHING_PROTOCOLS: &[u8] = b"HTTP/1.1 101 ";

/// More than this is not held back.
const MOST: usize = 1024;

/// The answer, the open packet, the ping.
const PIECES: usize = 3;

/// So often others may run before what is there is written without the rest. One who polled before,
/// and changes to a WebSocket, gets the answer alone.
const TURNS: usize = 64;

/// What is held back: from an answer to an upgrade on, until all of it is there or nothing comes.
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

    /// Takes what is written, if it belongs to an opening.
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

    /// Waits for the rest while others run.
    pub(super) fn poll_rest(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while !self.is_complete() && self.turns < TURNS {
            let turn = self.turn.get_or_insert_with(|| Box::pin(tokio::task::yield_now()));
            ready!(turn.as_mut().poll(cx));
            self.turn = None;
            self.turns += 1;
        }
        Poll::Ready(())
    }

    /// Writes what is held back.
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
