//! Token buckets, per command and per person or program.

use common::{
    Command, Refusal,
    announcements::Announce,
    messages::{DeleteMessage, EditMessage, PostMessage},
    reactions::{AddReaction, RemoveReaction},
    reports::ReportMessage,
    rooms::{CreateRoom, InvitePeople},
    search::SearchMessages,
    typing::SetTyping,
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};
use std::{
    collections::HashMap,
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use uuid::Uuid;

/// The name of uploads, which use HTTP.
pub const UPLOAD: &str = "upload";

/// Burst, and refill per second.
const LIMITS: &[(&str, u32, u32)] = &[
    (PostMessage::NAME, 300, 20),
    (EditMessage::NAME, 100, 10),
    (DeleteMessage::NAME, 100, 10),
    (ReportMessage::NAME, 10, 1),
    (AddReaction::NAME, 100, 10),
    (RemoveReaction::NAME, 100, 10),
    (CreateRoom::NAME, 30, 1),
    (InvitePeople::NAME, 50, 2),
    (SearchMessages::NAME, 60, 10),
    (SetTyping::NAME, 60, 10),
    (Announce::NAME, 10, 1),
    (UPLOAD, 100, 2),
];

const OTHERS: (u32, u32) = (500, 50);

/// Minimum duration of a refusal.
const SHORTEST: Duration = Duration::from_secs(1);

/// All buckets.
pub struct Rates {
    /// Multiplies all limits; 0 for no limits.
    factor: u32,
    named: HashMap<&'static str, Buckets>,
    others: Buckets,
}

struct Buckets {
    limiter: DefaultKeyedRateLimiter<(Uuid, &'static str)>,
    /// The end of each active refusal, whatever the bucket contains.
    paused: Mutex<HashMap<(Uuid, &'static str), Instant>>,
}

impl Rates {
    /// Limits multiplied by a factor; 0 for no limits.
    pub fn new(factor: u32) -> Self {
        let named = LIMITS.iter().map(|(name, burst, refill)| (*name, Buckets::new(*burst, *refill, factor)));
        Self { factor, named: named.collect(), others: Buckets::new(OTHERS.0, OTHERS.1, factor) }
    }

    /// Takes a token from the caller's bucket for a command.
    ///
    /// # Errors
    /// [`common::Code::TooFast`], with the time of the next attempt.
    pub fn check(&self, name: &'static str, who: Uuid) -> Result<(), Refusal> {
        if self.factor == 0 {
            return Ok(());
        }
        self.named.get(name).unwrap_or(&self.others).take((who, name))
    }

    /// Removes full buckets. The sweep calls it every few minutes.
    pub fn forget_old(&self) {
        for buckets in self.named.values().chain([&self.others]) {
            buckets.limiter.retain_recent();
            let now = Instant::now();
            buckets.paused.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, until| *until > now);
        }
    }
}

impl Buckets {
    fn new(burst: u32, refill: u32, factor: u32) -> Self {
        let times = |number: u32| NonZeroU32::new(number.saturating_mul(factor)).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_second(times(refill)).allow_burst(times(burst));
        Self { limiter: RateLimiter::keyed(quota), paused: Mutex::default() }
    }

    fn take(&self, key: (Uuid, &'static str)) -> Result<(), Refusal> {
        let now = Instant::now();
        let mut paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        if !paused.is_empty() {
            match paused.get(&key) {
                Some(until) if *until > now => return Err(too_fast(*until - now)),
                Some(_) => drop(paused.remove(&key)),
                None => {}
            }
        }
        let Err(denied) = self.limiter.check_key(&key) else { return Ok(()) };
        let wait = denied.wait_time_from(self.limiter.clock().now()).max(SHORTEST);
        paused.insert(key, now + wait);
        Err(too_fast(wait))
    }
}

fn too_fast(wait: Duration) -> Refusal {
    Refusal::too_fast(u32::try_from(wait.as_millis()).unwrap_or(u32::MAX).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::Code;

    #[test]
    fn a_fast_author_is_refused_with_a_retry_time_and_others_are_not() {
        let (rates, ada, grace) = (Rates::new(1), Uuid::now_v7(), Uuid::now_v7());
        for _ in 0..300 {
            rates.check("message:post", ada).unwrap();
        }
        let refusal = rates.check("message:post", ada).unwrap_err();
        assert_eq!(refusal.code, Code::TooFast);
        assert!((900..=1000).contains(&refusal.retry_after.unwrap()), "{refusal:?}");
        assert!(rates.check("message:edit", ada).is_ok(), "each command has a bucket of its own");
        assert!(rates.check("message:post", grace).is_ok());
    }

    #[test]
    fn a_command_in_flight_does_not_overtake_a_refused_one() {
        let (rates, ada) = (Rates::new(1), Uuid::now_v7());
        while rates.check("announcement:send", ada).is_ok() {}
        // The bucket has a token before the second is over, but the refusal still lasts.
        assert!((0..1000).all(|_| rates.check("announcement:send", ada).is_err()));
    }

    #[test]
    fn limits_can_be_switched_off() {
        let rates = Rates::new(0);
        assert!((0..10_000).all(|_| rates.check("announcement:send", Uuid::nil()).is_ok()));
    }
}
