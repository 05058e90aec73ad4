//! The stream of what happens.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures::Stream;

use crate::incoming::Incoming;
use crate::shared::Shared;

/// What happens on the connection, in order. Ends after
/// [`Socket::disconnect`](crate::Socket::disconnect) or when all sockets are
/// dropped. Keep reading: if too much is unread, the connection stands still
/// until the server gives it up. Dropping the stream means not wanting to know;
/// requests go on working.
pub struct Incomings {
    shared: Arc<Shared>,
}

impl Incomings {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }
}

impl Stream for Incomings {
    type Item = Incoming;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Incoming>> {
        self.shared.poll_incoming(cx)
    }
}

impl Drop for Incomings {
    fn drop(&mut self) {
        self.shared.stop_listening();
    }
}
