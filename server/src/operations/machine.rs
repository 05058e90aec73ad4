//! Resource use of this process, from the operating system.

use std::{fs, path::Path, time::Instant};

/// Clock ticks per second, the unit of a process's CPU time on Linux (proc_pid_stat(5)).
const TICKS: f64 = 100.0;

/// Bytes per page, the unit of memory on Linux.
const PAGE: u64 = 4096;

/// Reads the values and remembers the previous ones.
#[derive(Default)]
pub struct Machine {
    before: Option<(Instant, u64)>,
}

impl Machine {
    /// CPU use since the last call, in thousandths of a core; 0 where it is unknown.
    pub fn cpu(&mut self) -> u32 {
        let (now, used) = (Instant::now(), ticks_used().unwrap_or(0));
        let Some((then, before)) = self.before.replace((now, used)) else { return 0 };
        let seconds = (now - then).as_secs_f64().max(0.001);
        ((used.saturating_sub(before)) as f64 / TICKS / seconds * 1000.0).round() as u32
    }
}

/// Resident memory in bytes; 0 where it is unknown.
pub fn memory() -> u64 {
    let statm = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * PAGE
}

/// Size of the database's files in bytes.
pub fn database(folder: &Path) -> u64 {
    let size = |name: &str| fs::metadata(folder.join(name)).map_or(0, |file| file.len());
    ["hubbub.db", "hubbub.db-wal", "search.db", "search.db-wal"].into_iter().map(size).sum()
}

fn ticks_used() -> Option<u64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name may contain spaces; it ends with the last parenthesis.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_ascii_whitespace().skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}
