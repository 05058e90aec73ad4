//! Requests of ours that wait for the server's acknowledgement.

use std::collections::VecDeque;
use std::time::Duration;

use litemap::LiteMap;

use super::limits;
use crate::outgoing::{Reply, RequestError};

/// Ids go up for as long as the client lives, so that an answer which comes
/// late is never taken for that to another request.
#[derive(Debug, Default)]
pub(super) struct Requests {
    next_id: u64,
    /// Few at a time, answered mostly in order: sorted vectors, which are a tenth of a B-tree's code.
    deadlines: LiteMap<u64, Duration>,
    by_deadline: LiteMap<(Duration, u64), ()>,
    resolved: VecDeque<(u64, Result<Reply, RequestError>)>,
}

impl Requests {
    /// Includes those that are over but were not yet taken out.
    pub(super) fn is_full(&self) -> bool {
        self.deadlines.len() + self.resolved.len() >= limits::PENDING_REQUESTS
    }

    pub(super) fn begin(&mut self, deadline: Duration) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.deadlines.insert(id, deadline);
        self.by_deadline.insert((deadline, id), ());
        id
    }

    /// Ignores answers to what is not pending: they came too late.
    pub(super) fn resolve(&mut self, id: u64, result: Result<Reply, RequestError>) {
        if let Some(deadline) = self.deadlines.remove(&id) {
            self.by_deadline.remove(&(deadline, id));
            self.resolved.push_back((id, result));
        }
    }

    pub(super) fn expire(&mut self, now: Duration) {
        while let Some((&(deadline, id), ())) = self.by_deadline.first()
            && deadline <= now
        {
            self.resolve(id, Err(RequestError::TimedOut));
        }
    }

    pub(super) fn connection_lost(&mut self) {
        while let Some((&id, _)) = self.deadlines.first() {
            self.resolve(id, Err(RequestError::Disconnected));
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Duration> {
        self.by_deadline.first().map(|(&(deadline, _), ())| deadline)
    }

    pub(super) fn poll_resolved(&mut self) -> Option<(u64, Result<Reply, RequestError>)> {
        self.resolved.pop_front()
    }
}
