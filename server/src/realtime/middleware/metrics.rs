//! Counts commands, and measures the latency of their answers.

use super::link::{Arrival, Link, Outcome, Turn};
use common::Refusal;

pub struct Metrics;

impl Link for Metrics {
    fn name(&self) -> &'static str {
        "metrics"
    }

    fn arrives(&self, arrival: &Arrival<'_>) -> Result<(), Refusal> {
        arrival.handle.realtime.metrics.received(arrival.name);
        Ok(())
    }

    fn answered(&self, turn: &Turn<'_>, _: Outcome<'_>) {
        turn.handle.realtime.metrics.took(turn.arrived.elapsed());
    }
}
