//! Flags and `HUBBUB_*` variables.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::{net::SocketAddr, path::PathBuf};

/// Team chat: one binary, one data folder.
#[derive(Parser, Debug)]
#[command(name = "hubbub", version, about)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Task,
}

#[derive(Subcommand, Debug)]
pub enum Task {
    /// Serve the chat.
    Serve(Config),
    /// Fill an empty data folder with people, rooms and conversations worth looking at.
    Demo(DataFolder),
}

#[derive(Args, Debug, Clone)]
pub struct DataFolder {
    /// Where everything is kept; made when it does not exist.
    #[arg(long = "data", env = "HUBBUB_DATA", default_value = "data")]
    pub path: PathBuf,
}

#[derive(Args, Debug, Clone)]
pub struct Config {
    /// The address to listen on.
    #[arg(long, env = "HUBBUB_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,

    #[command(flatten)]
    pub data: DataFolder,

    /// When a change counts as stored: `full` when it is on the disk, `normal` when the operating
    /// system has it, which is faster and loses the last moments in a power failure.
    #[arg(long, env = "HUBBUB_DURABILITY", value_enum, default_value_t = Durability::Full)]
    pub durability: Durability,

    /// The address that people type in, such as https://chat.example.org. With https the
    /// session cookie is Secure and has the prefix __Host-.
    #[arg(long, env = "HUBBUB_PUBLIC_URL")]
    pub public_url: Option<String>,

    /// Whether visitors may make an account.
    #[arg(long, env = "HUBBUB_SIGN_UP", value_enum, default_value_t = SignUp::Open)]
    pub sign_up: SignUp,

    /// How log lines are written to standard error.
    #[arg(long, env = "HUBBUB_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,

    /// Another origin whose pages may use this server, such as http://localhost:8080. Repeatable.
    #[arg(long = "allow-origin", env = "HUBBUB_ALLOW_ORIGIN", value_delimiter = ',')]
    pub allow_origin: Vec<String>,

    /// Take the client's address from the last entry of X-Forwarded-For, as a reverse proxy sets it.
    #[arg(long, env = "HUBBUB_BEHIND_PROXY")]
    pub behind_proxy: bool,

    /// Serve the client from this folder instead of from the binary (set by `cargo leptos`).
    #[arg(long, env = "LEPTOS_SITE_ROOT", hide = true)]
    pub site_root: Option<PathBuf>,
}

impl Config {
    /// Whether people reach this server over HTTPS.
    pub fn is_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    Full,
    Normal,
}

#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignUp {
    Open,
    Closed,
}

#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}
