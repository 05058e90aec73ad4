//! Posts, replies, edits, deletes, reacts and sets statuses in several rooms while the server is killed, connections are cut,
//! delayed and stalled, and the disk fills up; then looks whether every acknowledged change is
//! stored exactly once, nothing is there twice, and all clients have the same rooms.

#![recursion_limit = "256"]

mod check;
mod client;
mod disk;
mod ledger;
mod proxy;
mod report;
mod server;
mod story;

use clap::Parser;
use std::{path::PathBuf, process::ExitCode, time::Duration};

/// How a run goes.
#[derive(Parser, Clone, Debug)]
#[command(about = "Breaks a running server in every way and looks whether anything is lost")]
pub struct Plan {
    /// The server's program.
    #[arg(long, env = "HUBBUB_BIN")]
    server: PathBuf,
    /// How often the server is killed with SIGKILL and started again.
    #[arg(long, default_value_t = 20)]
    kills: usize,
    /// People; each has two devices.
    #[arg(long, default_value_t = 4)]
    people: usize,
    #[arg(long, default_value_t = 3)]
    rooms: usize,
    /// What is random follows from this number.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Acknowledge before the commit, which only builds for tests can do: this run must find a loss.
    #[arg(long)]
    must_lose: bool,
    /// Also fill the disk: the data is on a small tmpfs, which needs the right to mount one.
    #[arg(long)]
    fill_disk: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let plan = Plan::parse();
    let run = tokio::time::timeout(Duration::from_secs(1800), story::told(&plan)).await;
    let report = match run {
        Ok(Ok(report)) => report,
        Ok(Err(error)) => {
            eprintln!("faults: {error:#}");
            return ExitCode::FAILURE;
        }
        Err(_) => {
            eprintln!("faults: half an hour was not enough");
            return ExitCode::FAILURE;
        }
    };
    println!("{}", report.as_json());
    eprint!("{}", report.as_table());
    let is_as_expected = if plan.must_lose { report.found_a_loss() } else { report.is_clean() };
    match (is_as_expected, plan.must_lose) {
        (true, true) => eprintln!("the loss that was built in was found"),
        (true, false) => eprintln!("nothing was lost, doubled or out of order"),
        (false, true) => eprintln!("the loss that was built in was NOT found"),
        (false, false) => eprintln!("something went wrong: see above"),
    }
    if is_as_expected { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
