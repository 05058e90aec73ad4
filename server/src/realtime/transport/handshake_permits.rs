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
pub struct HandshakePermits(Arc<Mutex<HashMap<IpAddr, u32>>>);

impl HandshakePermits {
    /// A permit for an address; `None` at the limit. 0 is for no limit.
    pub fn permit(&self, address: IpAddr, most: u32) -> Option<HandshakePermit> {
        let mut permits = self.lock();
        let count = permits.entry(address).or_default();
        if most > 0 && *count >= most {
            return None;
        }
        *count += 1;
        Some(HandshakePermit { permits: self.clone(), address })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A permit for a connection that is in no namespace. Dropping it returns it.
pub struct HandshakePermit {
    permits: HandshakePermits,
    address: IpAddr,
}

impl Drop for HandshakePermit {
    fn drop(&mut self) {
        let mut permits = self.permits.lock();
        if let Some(count) = permits.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                permits.remove(&self.address);
            }
        }
    }
}

/// The permit of a connection, and when the connection returns it.
#[derive(Default)]
pub(super) struct PermitState {
    /// Present while its client is in no namespace.
    permit: Option<HandshakePermit>,
    /// Whether it has been in a namespace. Before that, its session costs memory even after the connection
    /// ends, until the timeout of its first namespace.
    has_entered: bool,
    is_gone: bool,
}

impl PermitState {
    pub(super) fn begin(&mut self, permit: HandshakePermit) {
        self.permit = Some(permit);
    }

    pub(super) fn end(&mut self) {
        self.permit = None;
    }

    /// Returns the permit when the client enters a namespace.
    pub(super) fn enter(&mut self) {
        self.has_entered = true;
        self.end();
    }

    /// Takes a permit when the client leaves its last namespace, perhaps by disconnecting.
    pub(super) fn leave(&mut self, permit: HandshakePermit) {
        self.has_entered = true;
        if !self.is_gone {
            self.begin(permit);
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
    fn permits_are_limited_per_address_and_dropped_permits_are_free_again() {
        let permits = HandshakePermits::default();
        let (one, other) = ([203, 0, 113, 1].into(), [203, 0, 113, 2].into());
        let permits_in_use: Vec<_> = (0..3).map(|_| permits.permit(one, 3).expect("a permit")).collect();
        assert!(permits.permit(one, 3).is_none());
        let _others = permits.permit(other, 3).expect("another address has its own permits");
        drop(permits_in_use);
        assert_eq!(permits.lock().len(), 1, "an address without permits has no entry");
        let _many: Vec<_> = (0..9).map(|_| permits.permit(one, 0).expect("there is no limit")).collect();
    }
}
