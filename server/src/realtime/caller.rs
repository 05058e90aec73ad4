//! The caller of commands: its context, and the lifecycle of its connection.

use super::handle::ConnectionHandle;
use common::{Code, Refusal};
use socketioxide::extract::SocketRef;
use store::error::Error;

/// The caller of commands. It is the handlers' context and defines how a connection begins and ends.
pub trait Caller: Clone + Send + Sync + 'static {
    /// Findings of admission, for the beginning.
    type Start: Send + Sync + 'static;

    /// The name in the refusal log for all refusals of handlers; `None` to log only refusals about rights.
    const LOGS_REFUSALS_AS: Option<&'static str> = None;

    fn handle(&self) -> &ConnectionHandle;

    /// Checks that the caller may still send commands.
    ///
    /// # Errors
    /// The reason why the caller may not.
    fn is_welcome(&self) -> Result<(), Code>;

    /// Limits the event rate of one connection. The queue calls it for each event, before the event waits.
    ///
    /// # Errors
    /// The reason for the refusal.
    fn pace(&self, _event: &'static str) -> Result<(), Refusal> {
        Ok(())
    }

    /// Enters its audiences. An error closes the connection.
    fn begin(&self, socket: &SocketRef, start: Self::Start) -> impl Future<Output = Result<(), Error>> + Send;

    /// Cleans up after the connection has closed.
    fn end(&self);
}
