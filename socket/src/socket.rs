//! The handle to send with.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::outgoing::{NotConnected, Reply, RequestError};
use crate::shared::Shared;
use crate::tap::Tap;

/// A handle to one connection; clones share it. What is sent through it leaves
/// in the order of the calls. When the last clone is dropped, the client
/// disconnects.
#[derive(Clone)]
pub struct Socket {
    handle: Arc<Handle>,
    request_timeout: Duration,
}

struct Handle {
    shared: Arc<Shared>,
}

impl Socket {
    pub(crate) fn new(shared: Arc<Shared>, request_timeout: Duration) -> Self {
        let handle = Arc::new(Handle { shared });
        Self { handle, request_timeout }
    }

    /// Whether events and requests can be sent at this moment.
    pub fn is_connected(&self) -> bool {
        self.shared().with(|core, _| core.is_connected())
    }

    /// Why the last connection or attempt to connect failed, in words for a log.
    pub fn last_error(&self) -> Option<String> {
        self.shared().with(|core, _| core.last_error().map(str::to_owned))
    }

    /// Queues an event.
    ///
    /// # Errors
    /// If there is no connection, or too much is queued already. Nothing is
    /// kept to be sent later.
    pub fn emit(&self, name: &str, args: Vec<Value>) -> Result<(), NotConnected> {
        self.emit_binary(name, args, Vec::new())
    }

    /// Queues an event with binary data. In `args`, [`placeholder(n)`](crate::placeholder)
    /// stands for the `n`th attachment, counted from 0.
    ///
    /// # Errors
    /// As [`Socket::emit`].
    pub fn emit_binary(&self, name: &str, args: Vec<Value>, attachments: Vec<Vec<u8>>) -> Result<(), NotConnected> {
        self.shared().command(|core, now| core.emit(name, args, attachments, now))
    }

    /// Queues an event that asks for an answer, now and not when the future is
    /// first polled; the future waits for the answer. Dropping it does not
    /// take the request back.
    ///
    /// # Errors
    /// If it could not be queued, if the connection is lost before the answer
    /// comes, or if none comes within [`Options::request_timeout`](crate::Options).
    pub fn request(
        &self,
        name: &str,
        args: Vec<Value>,
    ) -> impl Future<Output = Result<Reply, RequestError>> + Send + use<> {
        self.request_with(name, args, Vec::new(), self.request_timeout)
    }

    /// As [`Socket::request`], with attachments and a time limit of its own.
    ///
    /// # Errors
    /// As [`Socket::request`].
    pub fn request_with(
        &self,
        name: &str,
        args: Vec<Value>,
        attachments: Vec<Vec<u8>>,
        timeout: Duration,
    ) -> impl Future<Output = Result<Reply, RequestError>> + Send + use<> {
        let queued = self.shared().request(name, args, attachments, timeout);
        async move { queued?.await.unwrap_or(Err(RequestError::Disconnected)) }
    }

    /// Answers a request of the server: `ack` is that of the
    /// [`Event`](crate::Event). A second answer, or one that comes after the
    /// connection was lost, is not sent.
    pub fn reply(&self, ack: u64, args: Vec<Value>) {
        self.reply_binary(ack, args, Vec::new());
    }

    /// As [`Socket::reply`], with attachments as in [`Socket::emit_binary`].
    pub fn reply_binary(&self, ack: u64, args: Vec<Value>, attachments: Vec<Vec<u8>>) {
        self.shared().command(|core, _| core.reply(ack, args, attachments));
    }

    /// Disconnects for good; what was queued before is still sent if possible.
    /// The stream of incomings ends.
    pub fn disconnect(&self) {
        self.shared().command(|core, now| core.disconnect(now));
    }

    /// Connects now instead of after the back-off, or after the server refused
    /// or disconnected us. Does nothing while connected or connecting.
    pub fn reconnect_now(&self) {
        self.shared().command(|core, now| core.reconnect_now(now));
    }

    /// When the connection is lost the next time, waits anything between nothing and this, once. For a
    /// server that says that it stops, and how many will be back at its door.
    pub fn return_within(&self, longest: Duration) {
        self.shared().command(|core, _| core.return_within(longest));
    }

    /// The credentials to use from the next connection on; a JSON object.
    pub fn set_auth(&self, auth: Value) {
        self.shared().command(|core, _| core.set_auth(Some(auth)));
    }

    /// From now on this one listens in, in place of the one before; or no one does any more.
    pub fn tap(&self, tap: Option<Tap>) {
        self.shared().with(|core, _| core.tap(tap));
    }

    fn shared(&self) -> &Shared {
        &self.handle.shared
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.shared.command(|core, now| core.disconnect(now));
    }
}
