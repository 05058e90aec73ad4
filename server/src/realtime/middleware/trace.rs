//! Logs each command with its connection and outcome, at level `debug`.

use super::link::{Link, Outcome, Turn};

pub struct Trace;

impl Link for Trace {
    fn name(&self) -> &'static str {
        "trace"
    }

    fn answered(&self, turn: &Turn<'_>, outcome: Outcome<'_>) {
        let refused = match outcome {
            Outcome::Done => None,
            Outcome::Refused(refusal) => Some(refusal.code),
        };
        let took = turn.arrived.elapsed();
        tracing::debug!(command = turn.name, connection = %turn.handle.id(), ?took, ?refused, "answered");
    }
}
