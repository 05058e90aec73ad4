//! The program: parses flags and variables, then serves, or fills a folder with a demonstration.

use clap::Parser;
use server::{
    Config,
    boot::{
        demo,
        start::{Server, stop_signal},
    },
    config::{Cli, LogFormat, Task},
};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Task::Serve(config) => serve(config).await,
        Task::Demo(folder) => demo::fill(&folder.path).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hubbub: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(config: Config) -> anyhow::Result<()> {
    log_as(config.log_format);
    let stop = stop_signal()?;
    let server = Server::prepare(config).await?;
    tracing::info!(address = %server.address, "ready: http://{}", server.address);
    server.run(stop).await
}

fn log_as(format: LogFormat) {
    let filter = EnvFilter::try_from_env("HUBBUB_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}
