//! What a process costs, as the kernel counts it (proc(5)).

use std::{process::Stdio, time::Duration};
use tokio::process::{Child, Command};

/// Resident memory in bytes.
pub fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// CPU time in user and kernel. The kernel counts in hundredths of a second.
pub fn cpu_time(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// `perf stat` on a process, where the machine counts instructions.
pub struct Counter(Option<Child>);

impl Counter {
    pub fn start(pid: u32) -> Self {
        let perf = Command::new("perf")
            .args(["stat", "-x", ",", "-e", "instructions", "-p", &pid.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        Self(perf.ok())
    }

    /// Instructions since the start; `None` where they are not counted.
    pub async fn stop(self) -> Option<u64> {
        let child = self.0?;
        let pid = child.id()?;
        // perf writes its count when it is interrupted.
        Command::new("kill").args(["-INT", &pid.to_string()]).status().await.ok()?;
        let output = child.wait_with_output().await.ok()?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        text.lines().find(|line| line.contains("instructions"))?.split(',').next()?.parse().ok()
    }
}
