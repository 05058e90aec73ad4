//! The moment that is waited for while somebody types.

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;

/// Who types on is not answered yet.
const LONG: Duration = Duration::from_millis(150);

/// Does the last thing that it was asked to, once nothing else has been asked for a moment.
#[derive(Clone, Copy)]
pub struct Pause(StoredValue<Option<TimeoutHandle>>);

impl Pause {
    /// For as long as the component lives that makes it.
    pub fn new() -> Self {
        let pause = Self(StoredValue::new(None));
        on_cleanup(move || pause.stop());
        pause
    }

    /// Does not do what it was last asked to.
    pub fn stop(self) {
        if let Some(timer) = self.0.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    pub fn then(self, act: impl FnOnce() + 'static) {
        self.stop();
        self.0.set_value(set_timeout_with_handle(act, LONG).ok());
    }
}
