//! A link of the event middleware, and its input.

use crate::realtime::handle::ConnectionHandle;
use common::{Refusal, RoomId};
use futures::future::BoxFuture;
use std::time::Instant;
use store::rooms::memberships::Member;

/// One small check of an event. The default methods pass everything.
pub trait Link: Send + Sync {
    /// Its name in the refusal log.
    fn name(&self) -> &'static str;

    /// Checks an event on arrival. It must not wait.
    ///
    /// # Errors
    /// The reason for the refusal.
    fn arrives(&self, _: &Arrival<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    /// Checks an event before its execution. The chain awaits the returned future.
    fn turn<'a>(&'a self, _: &'a mut Turn<'_>) -> Option<BoxFuture<'a, Result<(), Refusal>>> {
        None
    }

    /// Observes the outcome of an event.
    fn answered(&self, _: &Turn<'_>, _: Outcome<'_>) {}
}

/// An arrived event.
pub struct Arrival<'a> {
    pub handle: &'a ConnectionHandle,
    /// The command, or `?` for an event that the namespace does not know.
    pub name: &'static str,
    /// Size of the event's JSON in bytes.
    pub bytes: usize,
}

/// An event before and during its execution.
pub struct Turn<'a> {
    pub handle: &'a ConnectionHandle,
    pub name: &'static str,
    /// The room whose members may send it.
    pub room: Option<RoomId>,
    /// The proof that its caller is a member of the room, after middleware has found it.
    pub member: Option<Member>,
    pub arrived: Instant,
}

/// The outcome of an event.
#[derive(Clone, Copy)]
pub enum Outcome<'a> {
    Done,
    Refused(&'a Refusal),
}
