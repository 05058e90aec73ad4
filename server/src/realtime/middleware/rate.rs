//! Limits how fast commands arrive (token bucket), per command and per person or program. A refusal lasts at
//! least one second, so commands already in flight cannot overtake the refused one. The client sends both
//! again, in order.

use super::link::{Arrival, Link};
use common::{PersonId, Refusal};

pub struct Rate;

impl Link for Rate {
    fn name(&self) -> &'static str {
        "rate"
    }

    fn arrives(&self, arrival: &Arrival<'_>) -> Result<(), Refusal> {
        let handle = arrival.handle;
        let program = handle.program.as_ref().map(|program| program.id.0);
        let who = handle.person.map(|PersonId(person)| person).or(program).unwrap_or(handle.id().0);
        handle.realtime.rates.check(arrival.name, who)
    }
}
