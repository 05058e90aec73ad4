//! How often each command comes, and how long it takes until it is answered.

use super::link::{Arrival, Link, Outcome, Turn};
use common::Refusal;

pub struct Metrics;

impl Link for Metrics {
    fn name(&self) -> &'static str {
        "metrics"
    }

    fn arrives(&self, arrival: &Arrival<'_>) -> Result<(), Refusal> {
        arrival.handle.realtime.metrics.came(arrival.name);
        Ok(())
    }

    fn answered(&self, turn: &Turn<'_>, _: Outcome<'_>) {
        turn.handle.realtime.metrics.took(turn.arrived.elapsed());
    }
}
