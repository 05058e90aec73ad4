//! What this device does, as its owner wants it; kept in this browser only.

use crate::{platform, ui::effect};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Device {
    /// Whether notifications are shown on the desktop.
    pub alerts: RwSignal<bool>,
    /// Whether there is a sound.
    pub sound: RwSignal<bool>,
    /// Whether this device is told also while no page is open.
    pub push: RwSignal<bool>,
}

impl Device {
    /// For the whole page.
    pub fn provide() -> Self {
        let off = || RwSignal::new(false);
        let device = Self { alerts: off(), sound: off(), push: off() };
        provide_context(device);
        // What is kept is known once the page is alive.
        effect(move || {
            for (name, signal) in device.kept() {
                let is_on = platform::is_kept_on(name);
                if is_on != signal.get_untracked() {
                    signal.set(is_on);
                }
            }
        });
        device
    }

    pub fn of_page() -> Self {
        expect_context()
    }

    /// Whether anything here is to happen when a message comes.
    pub fn is_wanted(self) -> bool {
        self.alerts.get() || self.sound.get() || self.push.get()
    }

    /// Keeps a choice for the next time, too.
    pub fn choose(self, signal: RwSignal<bool>, is_on: bool) {
        signal.set(is_on);
        for (name, signal) in self.kept() {
            platform::keep_on(name, signal.get_untracked());
        }
    }

    fn kept(self) -> [(&'static str, RwSignal<bool>); 3] {
        [("notify alerts", self.alerts), ("notify sound", self.sound), ("notify push", self.push)]
    }
}
