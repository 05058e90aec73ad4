//! Counts connections that accept batches, and those that do not.

use super::audiences;
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Default)]
pub(super) struct Packings {
    single: AtomicUsize,
    batch: AtomicUsize,
}

impl Packings {
    pub(super) fn of(&self, packing: Packing) -> &AtomicUsize {
        match packing {
            Packing::Single => &self.single,
            Packing::Batch => &self.batch,
        }
    }

    pub(super) fn are_any(&self, packing: Packing) -> bool {
        self.of(packing).load(Ordering::SeqCst) > 0
    }
}

/// How a connection receives events: one in each packet, or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    Single,
    Batch,
}

impl Packing {
    pub fn audience(self) -> &'static str {
        match self {
            Packing::Single => audiences::SINGLE,
            Packing::Batch => audiences::BATCH,
        }
    }
}
