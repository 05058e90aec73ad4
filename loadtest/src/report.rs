//! What a run measured, as JSON and as a table.

use crate::console::Smoothness;
use serde::Serialize;
use std::fmt::Write;

#[derive(Serialize, Clone, Debug, Default)]
pub struct Report {
    pub server: String,
    pub connections: usize,
    pub rooms: usize,
    pub senders: usize,
    /// As many as the generator beside it leaves time for.
    pub connects_per_second: f64,
    pub cpu_microseconds_per_connect: f64,
    pub kib_per_idle_connection: f64,
    /// Of one core, while all connections sit and no one looks at the console, and while someone does.
    pub console_closed_percent: Option<f64>,
    pub console_open_percent: Option<f64>,
    pub console_in_a_browser: Option<Smoothness>,
    pub posts: usize,
    pub posts_per_second: f64,
    pub deliveries: usize,
    pub deliveries_per_second: f64,
    /// From the sender's call to the receiver's event, in milliseconds.
    pub delivery: Times,
    /// From the sender's call to its acknowledgement, in milliseconds.
    pub acknowledgement: Times,
    pub cpu_microseconds_per_delivery: f64,
    /// `None` where the machine does not count instructions.
    pub instructions_per_delivery: Option<f64>,
    /// Without the kernel's; `None` unless they were counted.
    pub own_instructions_per_delivery: Option<f64>,
    pub resident_mib: f64,
    pub lost: usize,
    pub doubled: usize,
    pub out_of_order: usize,
    pub unanswered: usize,
}

#[derive(Serialize, Clone, Debug, Default)]
pub struct Times {
    pub p50: f64,
    pub p95: f64,
    pub p99: f64,
    pub max: f64,
}

impl Times {
    /// Of microseconds.
    pub fn of(mut times: Vec<u32>) -> Self {
        times.sort_unstable();
        let at = |share: f64| {
            let place = (times.len() as f64 * share) as usize;
            times.get(place.min(times.len().saturating_sub(1))).map_or(0.0, |time| f64::from(*time) / 1_000.0)
        };
        Self { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1.0) }
    }
}

impl Report {
    pub fn is_clean(&self) -> bool {
        self.lost + self.doubled + self.out_of_order + self.unanswered == 0 && self.deliveries > 0
    }
}

/// A name, and what stands under it for a server.
type Row = (&'static str, fn(&Report) -> String);

pub fn table(reports: &[Report]) -> String {
    let rows: [Row; 25] = [
        ("", |report| report.server.clone()),
        ("connections", |report| report.connections.to_string()),
        ("rooms", |report| report.rooms.to_string()),
        ("signed-in connects per second", |report| format!("{:.0}", report.connects_per_second)),
        ("CPU µs per connect", |report| format!("{:.0}", report.cpu_microseconds_per_connect)),
        ("KiB per idle connection", |report| format!("{:.1}", report.kib_per_idle_connection)),
        ("% of a core, idle", |report| percent(report.console_closed_percent)),
        ("% of a core, console open", |report| percent(report.console_open_percent)),
        ("console in a browser, busy %", |report| smooth(report, |it| it.busy_percent)),
        ("its longest task ms, from 50", |report| smooth(report, |it| it.longest_task_ms)),
        ("its list of connections ms", |report| smooth(report, |it| it.listed_ms)),
        ("posts per second", |report| format!("{:.0}", report.posts_per_second)),
        ("deliveries per second", |report| format!("{:.0}", report.deliveries_per_second)),
        ("delivery p50 ms", |report| format!("{:.2}", report.delivery.p50)),
        ("delivery p95 ms", |report| format!("{:.2}", report.delivery.p95)),
        ("delivery p99 ms", |report| format!("{:.2}", report.delivery.p99)),
        ("acknowledgement p50 ms", |report| format!("{:.2}", report.acknowledgement.p50)),
        ("acknowledgement p99 ms", |report| format!("{:.2}", report.acknowledgement.p99)),
        ("CPU µs per delivery", |report| format!("{:.2}", report.cpu_microseconds_per_delivery)),
        ("instructions per delivery", |report| {
            report.instructions_per_delivery.map_or("not counted here".into(), |count| format!("{count:.0}"))
        }),
        ("own instructions per delivery", |report| {
            report.own_instructions_per_delivery.map_or("not counted".into(), |count| format!("{count:.0}"))
        }),
        ("resident MiB at the end", |report| format!("{:.1}", report.resident_mib)),
        ("lost", |report| report.lost.to_string()),
        ("doubled", |report| report.doubled.to_string()),
        ("out of order", |report| report.out_of_order.to_string()),
    ];
    let mut table = String::new();
    for (name, value) in rows {
        let values: String = reports.iter().map(|report| format!("{:>20}", value(report))).collect();
        // Writing to a string cannot fail.
        writeln!(table, "{name:<32}{values}").ok();
    }
    table
}

fn smooth(report: &Report, figure: fn(&Smoothness) -> f64) -> String {
    report.console_in_a_browser.as_ref().map_or("not measured".into(), |it| format!("{:.0}", figure(it)))
}

fn percent(share: Option<f64>) -> String {
    share.map_or("not measured".into(), |share| format!("{share:.2}"))
}
