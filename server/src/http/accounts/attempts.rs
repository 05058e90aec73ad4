//! Limits attempts to sign in, sign up or set up (token bucket), per account and per address.

use crate::realtime::rates::Rates;
use common::Code;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::{net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

/// Burst per account. The bucket refills by one token every six seconds.
const PER_ACCOUNT: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");

/// Burst per address, which a whole office may share. The bucket refills by one token every second.
const PER_ADDRESS: NonZeroU32 = NonZeroU32::new(60).expect("sixty is not zero");

pub struct Attempts {
    accounts: DefaultKeyedRateLimiter<String>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            accounts: RateLimiter::keyed(Quota::per_minute(PER_ACCOUNT)),
            addresses: RateLimiter::keyed(Quota::per_minute(PER_ADDRESS)),
        }
    }
}

impl Attempts {
    /// Takes a token of an address.
    ///
    /// # Errors
    /// [`Code::TooManyAttempts`]
    pub fn from_address(&self, address: IpAddr) -> Result<(), Code> {
        self.addresses.check_key(&address).map_err(|_| Code::TooManyAttempts)
    }

    /// Takes a token of an account, whether the account exists or not.
    ///
    /// # Errors
    /// [`Code::TooManyAttempts`]
    pub fn at_account(&self, handle: &str) -> Result<(), Code> {
        self.accounts.check_key(&handle.to_owned()).map_err(|_| Code::TooManyAttempts)
    }

    /// Removes full buckets. The sweep calls it every few minutes.
    pub fn forget_old(&self) {
        self.accounts.retain_recent();
        self.addresses.retain_recent();
    }
}

/// Interval of the sweep.
const FORGETS_EVERY: Duration = Duration::from_secs(300);

/// Removes old attempts and full buckets periodically, for as long as the server runs.
pub async fn forget_old(attempts: Arc<Attempts>, rates: Arc<Rates>) {
    let mut turns = tokio::time::interval(FORGETS_EVERY);
    loop {
        turns.tick().await;
        attempts.forget_old();
        rates.forget_old();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_has_ten_attempts_and_other_accounts_are_not_affected() {
        let attempts = Attempts::default();
        for _ in 0..10 {
            assert_eq!(attempts.at_account("ada"), Ok(()));
        }
        assert_eq!(attempts.at_account("ada"), Err(Code::TooManyAttempts));
        assert_eq!(attempts.at_account("grace"), Ok(()));
    }
}
