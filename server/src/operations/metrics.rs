//! Metrics of the running server: commands and events by name, and latencies of answers.

use std::{
    collections::HashMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

/// Latency histogram: each class is a quarter larger than the one before. The first ends at a microsecond, the
/// last above half a minute.
const CLASSES: usize = 80;

pub struct Metrics {
    commands: Names,
    events: Names,
    latencies: [AtomicU32; CLASSES],
}

/// Counts by name since the last reading.
type Names = Mutex<HashMap<&'static str, u32>>;

impl Default for Metrics {
    fn default() -> Self {
        Self { commands: Names::default(), events: Names::default(), latencies: [const { AtomicU32::new(0) }; CLASSES] }
    }
}

impl Metrics {
    /// Counts a received command.
    pub fn received(&self, name: &'static str) {
        *self.commands.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default() += 1;
    }

    /// Counts a published event.
    pub fn published(&self, name: &'static str) {
        *self.events.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default() += 1;
    }

    /// Records the latency of an answer.
    pub fn took(&self, time: Duration) {
        self.latencies[class_of(time)].fetch_add(1, Ordering::Relaxed);
    }

    /// Counts of commands and events since the last call, most frequent first.
    pub fn take_names(&self) -> [Vec<(&'static str, u32)>; 2] {
        [&self.commands, &self.events].map(|names| {
            let counts = std::mem::take(&mut *names.lock().unwrap_or_else(PoisonError::into_inner));
            let mut counts: Vec<_> = counts.into_iter().collect();
            counts.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
            counts
        })
    }

    /// Percentiles of the latency since the last call, in microseconds.
    pub fn take_latency<const N: usize>(&self, shares: [f64; N]) -> [u32; N] {
        let counts = self.latencies.each_ref().map(|count| count.swap(0, Ordering::Relaxed));
        let all: u64 = counts.iter().copied().map(u64::from).sum();
        shares.map(|share| {
            let wanted = share * all as f64;
            let mut seen = 0;
            let class = counts.iter().position(|count| {
                seen += u64::from(*count);
                seen > 0 && seen as f64 >= wanted
            });
            class.map_or(0, upper_end)
        })
    }
}

fn class_of(time: Duration) -> usize {
    let micros = (time.as_nanos() as f64 / 1000.0).max(1.0);
    ((micros.ln() / 1.25_f64.ln()).ceil() as usize).min(CLASSES - 1)
}

fn upper_end(class: usize) -> u32 {
    1.25_f64.powi(i32::try_from(class).unwrap_or(0)).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latencies_are_exact_to_a_quarter() {
        let metrics = Metrics::default();
        for micros in 1..=1_000 {
            metrics.took(Duration::from_micros(micros));
        }
        let [half, most] = metrics.take_latency([0.5, 0.99]);
        assert!((500..=625).contains(&half) && (990..=1_240).contains(&most), "{half} {most}");
        assert_eq!(metrics.take_latency([0.5]), [0], "they are counted once");
    }

    #[test]
    fn names_are_counted_until_they_are_taken() {
        let metrics = Metrics::default();
        metrics.received("message:post");
        metrics.received("typing:set");
        metrics.received("message:post");
        let [commands, events] = metrics.take_names();
        assert_eq!(commands, [("message:post", 2), ("typing:set", 1)]);
        assert!(events.is_empty() && metrics.take_names()[0].is_empty());
    }
}
