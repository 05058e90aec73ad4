//! The caller of commands: what a connection may use, and how its life begins and ends.

use super::handle::ConnectionHandle;
use common::{Code, Refusal};
use socketioxide::extract::SocketRef;
use store::error::Error;

/// The caller of commands: what their handlers may use, and how a connection begins and ends.
pub trait Caller: Clone + Send + Sync + 'static {
    /// What is known at admission, for the beginning.
    type Start: Send + Sync + 'static;

    /// The name in the refusal log under which every refusal of a handler is written; `None` where only
    /// refusals about rights are.
    const LOGS_REFUSALS_AS: Option<&'static str> = None;

    fn handle(&self) -> &ConnectionHandle;

    /// Whether the caller may still send commands.
    ///
    /// # Errors
    /// Why not.
    fn is_welcome(&self) -> Result<(), Code>;

    /// Limits how fast one connection may send events; called for each of them, before it waits.
    ///
    /// # Errors
    /// Why the event is refused.
    fn pace(&self, _event: &'static str) -> Result<(), Refusal> {
        Ok(())
    }

    /// Enters its audiences. An error closes the connection.
    fn begin(&self, socket: &SocketRef, start: Self::Start) -> impl Future<Output = Result<(), Error>> + Send;

    /// The connection has gone.
    fn end(&self);
}
