//! What the operating system says of this process.

use std::{fs, path::Path, time::Instant};

/// Clock ticks per second, in which Linux counts the time of a process (proc_pid_stat(5)).
const TICKS: f64 = 100.0;

/// Bytes in a page of memory, in which Linux counts.
const PAGE: u64 = 4096;

/// Reads it, and knows what it was before.
#[derive(Default)]
pub struct Machine {
    before: Option<(Instant, u64)>,
}

impl Machine {
    /// How much of a core was used since this was last asked, in thousandths; 0 where it is not known.
    pub fn cpu(&mut self) -> u32 {
        let (now, used) = (Instant::now(), ticks_used().unwrap_or(0));
        let Some((then, before)) = self.before.replace((now, used)) else { return 0 };
        let seconds = (now - then).as_secs_f64().max(0.001);
        ((used.saturating_sub(before)) as f64 / TICKS / seconds * 1000.0).round() as u32
    }
}

/// Resident memory in bytes; 0 where it is not known.
pub fn memory() -> u64 {
    let statm = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * PAGE
}

/// The bytes of the database's files.
pub fn database(folder: &Path) -> u64 {
    let size = |name: &str| fs::metadata(folder.join(name)).map_or(0, |file| file.len());
    ["hubbub.db", "hubbub.db-wal", "search.db", "search.db-wal"].into_iter().map(size).sum()
}

fn ticks_used() -> Option<u64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name may have spaces in it; it ends with the last parenthesis.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_ascii_whitespace().skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}
