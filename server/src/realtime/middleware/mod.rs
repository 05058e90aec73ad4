//! Event middleware: one chain for all events of all namespaces.
//!
//! A link checks an event on arrival and before its execution, and observes its answer. A new link is a file
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

/// From the outermost link to the innermost.
pub const CHAIN: &[&dyn Link] = &[&trace::Trace, &metrics::Metrics, &size::Size, &rate::Rate, &membership::Membership];

/// Runs the chain for an arrived event.
///
/// # Errors
/// The refusal of a link.
pub fn arrives(arrival: &Arrival<'_>) -> Result<(), Refusal> {
    for link in CHAIN {
        link.arrives(arrival).inspect_err(|refusal| refused(arrival.handle, link.name(), arrival.name, refusal))?;
    }
    Ok(())
}

/// The refusal of an unknown event, whatever its name.
pub fn unknown(handle: &ConnectionHandle, name: &str) -> Refusal {
    let refusal = Code::UnknownCommand.into();
    let name: String = name.chars().take(40).collect();
    refused(handle, "commands", &name, &refusal);
    refusal
}

/// Logs the refusal of a command before its execution: its caller has lost permission, or its payload is
/// malformed.
pub fn refuse(turn: &Turn<'_>, what: &'static str, refusal: Refusal) -> Refusal {
    refused(turn.handle, what, turn.name, &refusal);
    refusal
}

/// Logs a handler's refusal if it concerns rights, or all refusals under the caller's name for them.
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

/// Runs the chain before the execution of an event.
///
/// # Errors
/// The refusal of a link.
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

/// Passes the outcome to the chain.
pub fn answered(turn: &Turn<'_>, outcome: Outcome<'_>) {
    for link in CHAIN {
        link.answered(turn, outcome);
    }
}

/// Writes a refusal of an event into the refusal log.
pub fn refused(handle: &ConnectionHandle, middleware: &'static str, event: &str, refusal: &Refusal) {
    handle.realtime.refusals.write(handle.source(), middleware, Some(event), refusal);
}
