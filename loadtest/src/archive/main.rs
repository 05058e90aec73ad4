//! Fills a data folder with an archive of messages, and measures on it how long searches take, and
//! opening a room with many messages: a table, for docs/performance.md.

mod filling;
mod measuring;
mod words;

use clap::Parser;
use std::path::PathBuf;

#[derive(Parser, Clone, Debug)]
#[command(about = "Fills a data folder with an archive of messages and measures searches in it")]
pub struct Plan {
    /// The server's program.
    #[arg(long, env = "HUBBUB_BIN")]
    server: PathBuf,
    /// Messages in all.
    #[arg(long, default_value_t = 1_000_000)]
    messages: usize,
    /// Of them in one room.
    #[arg(long, default_value_t = 100_000)]
    big_room: usize,
    /// Searches of each kind.
    #[arg(long, default_value_t = 200)]
    searches: usize,
    /// The data folder, which is kept; what is there already is measured as it is. Without it, one is made
    /// and thrown away.
    #[arg(long)]
    data: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let plan = Plan::parse();
    let made = tempfile::tempdir()?;
    let folder = plan.data.clone().unwrap_or_else(|| made.path().join("data"));
    if !folder.join("hubbub.db").exists() {
        filling::fill(&plan, &folder).await?;
    }
    measuring::measure(&plan, &folder).await
}
