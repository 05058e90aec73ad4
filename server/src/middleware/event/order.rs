//! Commands of one connection wait in a queue of their own, in the order sent. When half of it is full,
//! nothing more is read from the connection: its client waits.

use super::{Arrival, Link};
use common::{Code, Refusal};

pub struct Order;

impl Link for Order {
    fn name(&self) -> &'static str {
        "order"
    }

    fn arrives(&self, arrival: &Arrival<'_>) -> Result<(), Refusal> {
        if arrival.free <= arrival.half {
            arrival.entered.transport().pause();
        }
        if arrival.free == 0 { Err(Code::TooBusy.into()) } else { Ok(()) }
    }
}
