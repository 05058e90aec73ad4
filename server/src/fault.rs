//! Faults on purpose, for the harness that looks for losses: named in `HUBBUB_FAULT`, with commas
//! between them, and heard in builds for tests only.

use std::sync::LazyLock;

/// An acknowledgement is sent before the commit. Whoever looks for losses has to find this one.
pub const ACKNOWLEDGE_EARLY: &str = "acknowledge-early";

/// The clock jumps, every second, to somewhere within a day before and after the right time.
pub const CLOCK_JUMPS: &str = "clock-jumps";

/// Whether the server has this fault.
pub fn is_built_in(name: &str) -> bool {
    static FAULTS: LazyLock<String> = LazyLock::new(|| std::env::var("HUBBUB_FAULT").unwrap_or_default());
    cfg!(debug_assertions) && FAULTS.split(',').any(|fault| fault == name)
}
