//! Requests of the server that wait for our reply.

use litemap::LiteMap;

use super::limits;

/// The server counts its requests per connection; the user gets a number that
/// is never used twice, so that a reply which comes after a reconnection, or a
/// second one, answers nothing instead of something else.
#[derive(Debug, Default)]
pub(super) struct Questions {
    next: u64,
    on_the_wire: LiteMap<u64, u64>,
}

impl Questions {
    /// The user's number for the server's request `wire_id`. Forgets the oldest
    /// request if too many are open.
    pub(super) fn open(&mut self, wire_id: u64) -> u64 {
        if self.on_the_wire.len() >= limits::QUESTIONS {
            let oldest = self.on_the_wire.first().map(|(&number, _)| number);
            oldest.map(|number| self.on_the_wire.remove(&number));
        }
        let number = self.next;
        self.next += 1;
        self.on_the_wire.insert(number, wire_id);
        number
    }

    /// The number on the wire, if the request is still open. It no longer is.
    pub(super) fn close(&mut self, number: u64) -> Option<u64> {
        self.on_the_wire.remove(&number)
    }

    pub(super) fn connection_lost(&mut self) {
        self.on_the_wire.clear();
    }
}
