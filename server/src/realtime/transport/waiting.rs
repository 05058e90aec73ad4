//! Handshake permits: limit the connections per address that are in no namespace. These cost memory, too, until
//! they enter one or are closed.
//!
//! The server closes a connection that enters no namespace within 15 seconds, or no other one within 5 seconds
//! after its last. At the limit of an address the next handshake gets status 429, before a session exists. A
//! polling client has no connection to close, so it counts for as long as it polls.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Permits in use by address; cheap to clone.
#[derive(Clone, Default)]
pub struct Waiting(Arc<Mutex<HashMap<IpAddr, u32>>>);

impl Waiting {
    /// A permit for an address; `None` at the limit. 0 is for no limit.
    pub fn place(&self, address: IpAddr, most: u32) -> Option<Place> {
        let mut waiting = self.lock();
        let count = waiting.entry(address).or_default();
        if most > 0 && *count >= most {
            return None;
        }
        *count += 1;
        Some(Place { waiting: self.clone(), address })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A permit for a connection that is in no namespace. Dropping it returns it.
pub struct Place {
    waiting: Waiting,
    address: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.waiting.lock();
        if let Some(count) = waiting.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                waiting.remove(&self.address);
            }
        }
    }
}

/// The permit of a connection, and when the connection returns it.
#[derive(Default)]
pub(super) struct Waits {
    /// Present while its client is in no namespace.
    place: Option<Place>,
    /// Whether it has been in a namespace. Before that, its session costs memory even after the connection
    /// ends, until the timeout of its first namespace.
    has_entered: bool,
    is_gone: bool,
}

impl Waits {
    pub(super) fn begin(&mut self, place: Place) {
        self.place = Some(place);
    }

    pub(super) fn end(&mut self) {
        self.place = None;
    }

    /// Returns the permit when the client enters a namespace.
    pub(super) fn enter(&mut self) {
        self.has_entered = true;
        self.end();
    }

    /// Takes a permit when the client leaves its last namespace, perhaps by disconnecting.
    pub(super) fn leave(&mut self, place: Place) {
        self.has_entered = true;
        if !self.is_gone {
            self.begin(place);
        }
    }

    /// Records that the connection has ended.
    pub(super) fn go(&mut self) {
        self.is_gone = true;
        if self.has_entered {
            self.end();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_so_many_places_and_those_that_are_given_up_are_free_again() {
        let waiting = Waiting::default();
        let (one, other) = ([203, 0, 113, 1].into(), [203, 0, 113, 2].into());
        let places: Vec<_> = (0..3).map(|_| waiting.place(one, 3).expect("a place")).collect();
        assert!(waiting.place(one, 3).is_none());
        let _others = waiting.place(other, 3).expect("others have their own");
        drop(places);
        assert_eq!(waiting.lock().len(), 1, "nothing is kept of whoever has gone");
        let _many: Vec<_> = (0..9).map(|_| waiting.place(one, 0).expect("no end")).collect();
    }
}
