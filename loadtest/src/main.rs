//! Connects many clients to a room or several, has some of them post at a rate, and prints what arrived, how
//! late, and what it cost the server: JSON, then a table. With `--beside` the official JavaScript
//! server does the same work in the same run.

mod clients;
mod console;
mod listener;
mod process;
mod report;
mod server;

use clap::Parser;
use report::Report;
use server::Target;
use std::{path::PathBuf, process::ExitCode, time::Duration};

#[derive(Parser, Clone, Debug)]
#[command(about = "Connects many clients, has them talk, and measures what it costs")]
pub struct Plan {
    /// The server's program.
    #[arg(long, env = "HUBBUB_BIN")]
    server: PathBuf,
    /// Clients that are connected.
    #[arg(long, default_value_t = 200)]
    connections: usize,
    /// Rooms that they are in, each client in one of them.
    #[arg(long, default_value_t = 1)]
    rooms: usize,
    /// Clients among them that post.
    #[arg(long, default_value_t = 10)]
    senders: usize,
    /// Posts per second, of all senders together; 0 means each posts again as soon as it is answered.
    #[arg(long, default_value_t = 50.0)]
    rate: f64,
    /// How long they post.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Characters in a message.
    #[arg(long, default_value_t = 200)]
    size: usize,
    /// Count the instructions of Hubbub itself, without the kernel's, with valgrind. Times mean nothing then.
    #[arg(long)]
    callgrind: bool,
    /// Also measure what an open console costs while the clients sit, beside a closed one.
    #[arg(long)]
    console: bool,
    /// Also measure the official JavaScript server (node, npm package socket.io).
    #[arg(long)]
    beside: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let plan = Plan::parse();
    let targets = if plan.beside { vec![Target::Hubbub, Target::JavaScript] } else { vec![Target::Hubbub] };
    let mut reports = Vec::new();
    for target in targets {
        match tokio::time::timeout(Duration::from_secs(600), clients::measured(&plan, target)).await {
            Ok(Ok(report)) => reports.push(report),
            Ok(Err(error)) => {
                eprintln!("loadtest: {}: {error:#}", target.name());
                return ExitCode::FAILURE;
            }
            Err(_) => {
                eprintln!("loadtest: {}: ten minutes were not enough", target.name());
                return ExitCode::FAILURE;
            }
        }
    }
    println!("{}", serde_json::to_string(&reports).unwrap_or_default());
    eprint!("{}", report::table(&reports));
    if reports.iter().all(Report::is_clean) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
