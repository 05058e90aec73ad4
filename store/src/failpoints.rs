//! Failpoints: deliberate faults, for the loss harness and for tests of failures. Only test builds enable
//! them. `HUBBUB_FAULT` lists them with commas, or a test in the same process triggers them.

use std::{
    collections::HashSet,
    sync::{LazyLock, Mutex, PoisonError},
};
use tokio::sync::Notify;

/// Acknowledges before the commit. A loss harness must detect this fault.
pub const ACKNOWLEDGE_EARLY: &str = "acknowledge-early";

/// Moves the clock every second, by up to a day in either direction.
pub const CLOCK_JUMPS: &str = "clock-jumps";

/// The background task with this name panics, or ends.
pub const TASK_PANICS: &str = "task-panics";
pub const TASK_ENDS: &str = "task-ends";

static HIT: LazyLock<Mutex<HashSet<(&'static str, String)>>> = LazyLock::new(Mutex::default);
static CHANGE: Notify = Notify::const_new();

/// Returns whether a failpoint is enabled.
pub fn is_enabled(name: &str) -> bool {
    static FAULTS: LazyLock<String> = LazyLock::new(|| std::env::var("HUBBUB_FAULT").unwrap_or_default());
    cfg!(debug_assertions) && FAULTS.split(',').any(|fault| fault == name)
}

/// Triggers a failpoint, for tests.
pub fn trigger(name: &'static str, at: &str) {
    HIT.lock().unwrap_or_else(PoisonError::into_inner).insert((name, at.to_owned()));
    CHANGE.notify_waiters();
}

/// Clears all triggered failpoints.
pub fn reset() {
    HIT.lock().unwrap_or_else(PoisonError::into_inner).clear();
}

/// Waits until a test triggers the failpoint; for ever in a release build. Returns at once if
/// `HUBBUB_FAULT` names it, such as `task-panics:relay`.
pub async fn hit(name: &'static str, at: &str) {
    if !cfg!(debug_assertions) {
        return std::future::pending().await;
    }
    if is_enabled(&format!("{name}:{at}")) {
        return;
    }
    loop {
        let change = CHANGE.notified();
        if HIT.lock().unwrap_or_else(PoisonError::into_inner).contains(&(name, at.to_owned())) {
            return;
        }
        change.await;
    }
}
