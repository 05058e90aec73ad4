//! The wall clock, in the unit of the wire.

use crate::failpoints;
use common::Millis;
use std::time::{SystemTime, UNIX_EPOCH};

/// Returns milliseconds since 1970-01-01T00:00:00Z. An operator can set the clock back, so nothing may
/// depend on its order. Use places in a log for order.
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX);
    if failpoints::is_enabled(failpoints::CLOCK_JUMPS) { now + jump(since.as_secs()) } else { now }
}

/// Returns an offset of at most a day in either direction, different for each second.
fn jump(second: u64) -> Millis {
    const DAY: Millis = 24 * 60 * 60 * 1000;
    let scattered = (second.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32).cast_signed();
    scattered % (2 * DAY) - DAY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_jumps_in_both_directions_within_a_day() {
        let jumps: Vec<Millis> = (1_795_000_000..1_795_000_100).map(jump).collect();
        assert!(jumps.iter().all(|jump| jump.abs() <= 86_400_000));
        assert!(jumps.iter().any(|jump| *jump > 3_600_000) && jumps.iter().any(|jump| *jump < -3_600_000), "{jumps:?}");
    }
}
