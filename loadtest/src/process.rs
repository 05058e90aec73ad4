//! What a process costs, as the kernel counts it (proc(5)), or valgrind.

use anyhow::{Context, ensure};
use std::{path::PathBuf, process::Stdio, time::Duration};
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

/// A server that runs under valgrind's callgrind, which counts what the program does, not what the
/// kernel does for it: the same count for the same work, whatever else the machine has to do.
pub struct Callgrind {
    pid: u32,
    counts: PathBuf,
}

impl Callgrind {
    /// What comes before the server's command line.
    pub fn command(counts: &std::path::Path) -> Vec<String> {
        let file = format!("--callgrind-out-file={}", counts.display());
        ["valgrind", "--tool=callgrind", "--instr-atstart=no", &file].map(str::to_owned).into()
    }

    /// Counts from here on.
    pub async fn start(pid: u32, counts: PathBuf) -> anyhow::Result<Self> {
        control(pid, &["-i", "on"]).await?;
        Ok(Self { pid, counts })
    }

    /// Instructions since the start.
    pub async fn stop(self) -> anyhow::Result<u64> {
        control(self.pid, &["-i", "off"]).await?;
        control(self.pid, &["-d"]).await?;
        // A dump that was asked for has a number.
        let dumped = format!("{}.1", self.counts.display());
        let text = tokio::fs::read_to_string(&dumped).await.with_context(|| format!("callgrind wrote no {dumped}"))?;
        let totals = text.lines().find_map(|line| line.strip_prefix("totals: "));
        Ok(totals.context("callgrind counted nothing")?.trim().parse()?)
    }
}

async fn control(pid: u32, what: &[&str]) -> anyhow::Result<()> {
    let control = Command::new("callgrind_control").args(what).arg(pid.to_string()).stdout(Stdio::null()).status();
    ensure!(control.await.context("valgrind is not installed")?.success(), "callgrind does not listen");
    Ok(())
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
