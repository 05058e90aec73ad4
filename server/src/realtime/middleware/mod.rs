//! Event middleware: one chain for every event of every namespace.
//!
//! A link looks at an event when it arrives, in its turn, or when it is answered. A new link is a file
//! with a [`Link`], and a line in [`CHAIN`].

use crate::realtime::handle::ConnectionHandle;
use common::{Code, Refusal};
use link::{Arrival, Link, Outcome, Turn};

pub mod link;
mod membership;
mod metrics;
mod rate;
mod size;
mod trace;

/// From the outermost to the innermost.
pub const CHAIN: &[&dyn Link] = &[&trace::Trace, &metrics::Metrics, &size::Size, &rate::Rate, &membership::Membership];

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
