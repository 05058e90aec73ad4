//! Limits the event rate of one connection (token bucket).

use common::Refusal;
use governor::{
    DefaultDirectRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use std::{
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

/// Burst, and refill per second.
const BURST: NonZeroU32 = NonZeroU32::new(20).expect("twenty is not zero");

const PER_SECOND: NonZeroU32 = NonZeroU32::new(5).expect("five is not zero");

/// Maximum number of consecutive refusals. A client that continues ignores them.
const TOLD: u32 = 100;

pub(super) struct Pace {
    bucket: DefaultDirectRateLimiter,
    refused: AtomicU32,
}

/// The result of one more event.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    Taken,
    TooFast(Refusal),
    /// The client has ignored too many refusals.
    Deaf,
}

impl Default for Pace {
    fn default() -> Self {
        let quota = Quota::per_second(PER_SECOND).allow_burst(BURST);
        Self { bucket: RateLimiter::direct(quota), refused: AtomicU32::new(0) }
    }
}

impl Pace {
    pub(super) fn step(&self) -> Step {
        match self.bucket.check() {
            Ok(()) => {
                self.refused.store(0, Ordering::Relaxed);
                Step::Taken
            }
            Err(_) if self.refused.fetch_add(1, Ordering::Relaxed) >= TOLD => Step::Deaf,
            Err(not_yet) => Step::TooFast(too_fast(not_yet.wait_time_from(DefaultClock::default().now()))),
        }
    }
}

/// The refusal, with the time of the next token.
pub(super) fn too_fast(wait: Duration) -> Refusal {
    let millis = u32::try_from(wait.as_millis()).unwrap_or(u32::MAX);
    Refusal::too_fast(millis.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::Code;

    #[test]
    fn twenty_events_pass_and_the_next_is_refused_with_a_retry_time() {
        let pace = Pace::default();
        for _ in 0..BURST.get() {
            assert_eq!(pace.step(), Step::Taken);
        }
        let Step::TooFast(refusal) = pace.step() else { panic!("this is too fast") };
        assert_eq!(refusal.code, Code::TooFast);
        assert!(refusal.retry_after.is_some_and(|millis| (1..=201).contains(&millis)), "{refusal:?}");
    }

    #[test]
    fn a_client_that_ignores_refusals_is_disconnected() {
        let pace = Pace::default();
        let steps = (0..BURST.get() + TOLD + 50).map(|_| pace.step());
        assert!(steps.into_iter().any(|step| step == Step::Deaf));
    }
}
