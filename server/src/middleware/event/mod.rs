//! Event middleware: one chain for every event of every namespace.
//!
//! A link looks at an event when it arrives, in its turn, or when it is answered. A new link is a file
//! with a [`Link`], and a line in [`CHAIN`].

mod membership;
mod metrics;
mod order;
mod rate;
mod size;
mod trace;

pub use rate::Rates;

use crate::namespaces::Entered;
use common::{Code, Refusal, RoomId};
use futures::future::BoxFuture;
use socketioxide_core::Value;
use std::time::Instant;

/// From the outermost to the innermost.
pub const CHAIN: &[&dyn Link] =
    &[&trace::Trace, &metrics::Metrics, &size::Size, &rate::Rate, &order::Order, &membership::Membership];

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
    fn turn<'a>(&'a self, _: &'a Turn<'a>) -> Option<BoxFuture<'a, Result<(), Refusal>>> {
        None
    }

    /// It was carried out, or refused.
    fn answered(&self, _: &Turn<'_>, _: Outcome<'_>) {}
}

/// An event that has come.
pub struct Arrival<'a> {
    pub entered: &'a Entered,
    /// The command, or `?` for an event that the namespace does not know.
    pub name: &'static str,
    pub payload: &'a Value,
    /// Places that are free in the connection's queue, and half of all there are.
    pub free: usize,
    pub half: usize,
}

/// An event whose turn it is.
pub struct Turn<'a> {
    pub entered: &'a Entered,
    pub name: &'static str,
    /// The room that one must be a member of for it.
    pub room: Option<RoomId>,
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
        link.arrives(arrival).inspect_err(|refusal| refused(arrival.entered, link.name(), arrival.name, refusal))?;
    }
    Ok(())
}

/// What is said of an event that the namespace does not know, under whatever name.
pub fn unknown(arrival: &Arrival<'_>, name: &str) -> Refusal {
    let refusal = Code::UnknownCommand.into();
    let name: String = name.chars().take(40).collect();
    refused(arrival.entered, "commands", &name, &refusal);
    refusal
}

/// What is said of an event before it passes the chain in its turn: whoever sends it may not any more, or its
/// payload is none.
pub fn refuse(turn: &Turn<'_>, what: &'static str, code: Code) -> Refusal {
    let refusal = code.into();
    refused(turn.entered, what, turn.name, &refusal);
    refusal
}

/// What was said of an event when it was carried out: written down where whoever asked may not do that.
pub fn denied(turn: &Turn<'_>, refusal: &Refusal) {
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
        refused(turn.entered, "rights", turn.name, refusal);
    }
}

/// Has an event pass the chain in its turn.
///
/// # Errors
/// What a link says.
pub async fn takes_its_turn(turn: &Turn<'_>) -> Result<(), Refusal> {
    for link in CHAIN {
        if let Some(check) = link.turn(turn) {
            check.await.inspect_err(|refusal| refused(turn.entered, link.name(), turn.name, refusal))?;
        }
    }
    Ok(())
}

/// Tells the chain how it has ended.
pub fn answered(turn: &Turn<'_>, outcome: Outcome<'_>) {
    for link in CHAIN {
        link.answered(turn, outcome);
    }
}

/// Writes into the door log what was refused.
pub fn refused(entered: &Entered, middleware: &'static str, event: &str, refusal: &Refusal) {
    entered.operations.door.event(entered, middleware, event, refusal);
}
