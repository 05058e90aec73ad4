//! A link of the event middleware, and what it looks at.

use crate::realtime::handle::ConnectionHandle;
use common::{Refusal, RoomId};
use futures::future::BoxFuture;
use std::time::Instant;
use store::rooms::memberships::Member;

/// One small check on the way of an event. What it does not say lets everything pass.
pub trait Link: Send + Sync {
    /// What it is called in the door log.
    fn name(&self) -> &'static str;

    /// The event has come. Nothing waits here.
    ///
    /// # Errors
    /// Why it may not pass.
    fn arrives(&self, _: &Arrival<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    /// It is the event's turn; what is returned, if anything, is waited for.
    fn turn<'a>(&'a self, _: &'a mut Turn<'_>) -> Option<BoxFuture<'a, Result<(), Refusal>>> {
        None
    }

    /// It was carried out, or refused.
    fn answered(&self, _: &Turn<'_>, _: Outcome<'_>) {}
}

/// An event that has come.
pub struct Arrival<'a> {
    pub handle: &'a ConnectionHandle,
    /// The command, or `?` for an event that the namespace does not know.
    pub name: &'static str,
    /// Bytes of the event, as JSON.
    pub bytes: usize,
}

/// An event whose turn it is.
pub struct Turn<'a> {
    pub handle: &'a ConnectionHandle,
    pub name: &'static str,
    /// The room that one must be a member of for it.
    pub room: Option<RoomId>,
    /// The proof that its caller is a member of the room, once middleware has found it.
    pub member: Option<Member>,
    pub arrived: Instant,
}

/// How an event has ended.
#[derive(Clone, Copy)]
pub enum Outcome<'a> {
    Done,
    Refused(&'a Refusal),
}
