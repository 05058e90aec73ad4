//! Event middleware: one chain for every event of every namespace.
//!
//! A link looks at an event when it arrives, in its turn, or when it is answered. A new link is a file
//! with a [`Link`], and a line in [`CHAIN`].

use crate::realtime::handle::ConnectionHandle;
use common::{Code, Refusal, RoomId};
use futures::future::BoxFuture;
use std::time::Instant;
use store::rooms::memberships::Member;

mod membership;
mod metrics;
mod rate;
mod size;
mod trace;

pub use rate::{Rates, UPLOAD};

/// From the outermost to the innermost.
pub const CHAIN: &[&dyn Link] = &[&trace::Trace, &metrics::Metrics, &size::Size, &rate::Rate, &membership::Membership];

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

/// Has an event pass the chain as it arrives.
///
/// # Errors
/// What a link says.
pub fn arrives(arrival: &Arrival<'_>) -> Result<(), Refusal> {
    for link in CHAIN {
        link.arrives(arrival).inspect_err(|refusal| refused(arrival.handle, link.name(), arrival.name, refusal))?;
    }
    Ok(())
}

/// What is said of an event that the namespace does not know, under whatever name.
pub fn unknown(handle: &ConnectionHandle, name: &str) -> Refusal {
    let refusal = Code::UnknownCommand.into();
    let name: String = name.chars().take(40).collect();
    refused(handle, "commands", &name, &refusal);
    refusal
}

/// Logs the refusal of a command before it passes the chain in its turn: its caller may not send it any more, or
/// its payload cannot be read.
pub fn refuse(turn: &Turn<'_>, what: &'static str, refusal: Refusal) -> Refusal {
    refused(turn.handle, what, turn.name, &refusal);
    refusal
}

/// Logs the refusal of a handler where it is about rights, or all of them under a name of their own.
pub fn denied(turn: &Turn<'_>, all_as: Option<&'static str>, refusal: &Refusal) {
    if let Some(name) = all_as {
        return refused(turn.handle, name, turn.name, refusal);
    }
    let is_about_rights = matches!(
        refusal.code,
        Code::NotForGuests
            | Code::NotAnAdmin
            | Code::NotAnOwner
            | Code::NotOverThem
            | Code::NotAMember
            | Code::NotTheAuthor
            | Code::PostingLimited
            | Code::AnnouncingLimited
            | Code::UnknownRoom
    );
    if is_about_rights {
        refused(turn.handle, "rights", turn.name, refusal);
    }
}

/// Has an event pass the chain in its turn.
///
/// # Errors
/// What a link says.
pub async fn takes_its_turn(turn: &mut Turn<'_>) -> Result<(), Refusal> {
    for link in CHAIN {
        let checked = match link.turn(turn) {
            Some(check) => check.await,
            None => Ok(()),
        };
        checked.inspect_err(|refusal| refused(turn.handle, link.name(), turn.name, refusal))?;
    }
    Ok(())
}

/// Tells the chain how it has ended.
pub fn answered(turn: &Turn<'_>, outcome: Outcome<'_>) {
    for link in CHAIN {
        link.answered(turn, outcome);
    }
}

/// Writes a refusal of an event into the refusal log.
pub fn refused(handle: &ConnectionHandle, middleware: &'static str, event: &str, refusal: &Refusal) {
    handle.realtime.refusals.write(handle.source(), middleware, Some(event), refusal);
}
