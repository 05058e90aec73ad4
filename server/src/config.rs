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
    /// Fill an empty data folder with sample people, rooms and conversations.
    Demo(DataFolder),
}

#[derive(Args, Debug, Clone)]
pub struct DataFolder {
    /// The folder for all data. The server creates it if it does not exist.
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

    /// When a change counts as stored. `full`: it is on the disk. `normal`: the operating system has it.
    /// `normal` is faster and loses the last moments in a power failure.
    #[arg(long, env = "HUBBUB_DURABILITY", value_enum, default_value_t = Durability::Full)]
    pub durability: Durability,

    /// The address that people type in, such as https://chat.example.org. With https the session cookie is
    /// Secure and has the prefix __Host-.
    #[arg(long, env = "HUBBUB_PUBLIC_URL")]
    pub public_url: Option<String>,

    /// Whether visitors may create an account.
    #[arg(long, env = "HUBBUB_SIGN_UP", value_enum, default_value_t = SignUp::Open)]
    pub sign_up: SignUp,

    /// Maximum size of an uploaded file, such as 250MB.
    #[arg(long, env = "HUBBUB_FILE_LIMIT", value_parser = bytes, default_value = "250MB")]
    pub file_limit: u64,

    /// Maximum size of all uploaded files together, such as 20GB.
    #[arg(long, env = "HUBBUB_STORAGE_LIMIT", value_parser = bytes, default_value = "10GB")]
    pub storage_limit: u64,

    /// Whether messages show previews of linked pages. The server then requests these pages.
    #[arg(long, env = "HUBBUB_LINK_PREVIEWS", value_enum, default_value_t = LinkPreviews::On)]
    pub link_previews: LinkPreviews,

    /// Multiplies all rate limits; 0 removes them.
    #[arg(long, env = "HUBBUB_RATE", default_value_t = 1)]
    pub rate: u32,

    /// Maximum number of open connections per person; 0 for no limit.
    #[arg(long, env = "HUBBUB_CONNECTIONS_PER_PERSON", default_value_t = 100)]
    pub connections_per_person: u32,

    /// Maximum number of open connections per address, which a whole office may share; 0 for no limit.
    #[arg(long, env = "HUBBUB_CONNECTIONS_PER_ADDRESS", default_value_t = 2_000)]
    pub connections_per_address: u32,

    /// Whether the lobby is open. Visitors can try a chat there without signing in, and the server stores
    /// nothing of it.
    #[arg(long, env = "HUBBUB_LOBBY", value_enum, default_value_t = Lobby::On)]
    pub lobby: Lobby,

    /// Format of the log lines on standard error.
    #[arg(long, env = "HUBBUB_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,

    /// Another origin whose pages may use this server, such as http://localhost:8080. Repeatable.
    #[arg(long = "allow-origin", env = "HUBBUB_ALLOW_ORIGIN", value_delimiter = ',')]
    pub allow_origin: Vec<String>,

    /// Take the client's address from the last entry of X-Forwarded-For, as a reverse proxy sets it.
    #[arg(long, env = "HUBBUB_BEHIND_PROXY")]
    pub behind_proxy: bool,

    /// Allow push services on this machine, for tests. Only test builds accept it.
    #[arg(long, hide = true)]
    pub push_to_loopback: bool,

    /// Request link previews from 127.0.0.1 only, for tests. Only test builds accept it.
    #[arg(long, hide = true)]
    pub previews_from_loopback: bool,

    /// Serve the client from this folder instead of from the binary (set by `bin/dev`).
    #[arg(long, env = "LEPTOS_SITE_ROOT", hide = true)]
    pub site_root: Option<PathBuf>,
}

impl Config {
    /// Whether this machine may run push services.
    pub fn pushes_to_loopback(&self) -> bool {
        cfg!(debug_assertions) && self.push_to_loopback
    }

    /// Whether link previews come from this machine only.
    pub fn previews_loopback(&self) -> bool {
        cfg!(debug_assertions) && self.previews_from_loopback
    }

    /// Whether people reach this server over HTTPS.
    pub fn is_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// A number of bytes, with or without a unit.
fn bytes(text: &str) -> Result<u64, String> {
    let digits = text.trim().trim_end_matches(|c: char| !c.is_ascii_digit());
    let factor = match text.trim()[digits.len()..].trim().to_ascii_uppercase().as_str() {
        "" | "B" => 1,
        "K" | "KB" => 1_000,
        "M" | "MB" => 1_000_000,
        "G" | "GB" => 1_000_000_000,
        "T" | "TB" => 1_000_000_000_000,
        _ => return Err("the units are kB, MB, GB and TB".into()),
    };
    let number: u64 = digits.parse().map_err(|_| "write a whole number, such as 250MB".to_owned())?;
    number.checked_mul(factor).ok_or("the number is too large".into())
}

#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    Full,
    Normal,
}

impl From<Durability> for store::db::Durability {
    fn from(durability: Durability) -> Self {
        match durability {
            Durability::Full => Self::Full,
            Durability::Normal => Self::Normal,
        }
    }
}

#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignUp {
    Open,
    Closed,
}

#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPreviews {
    On,
    Off,
}

#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lobby {
    On,
    Off,
}

#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_are_given_with_and_without_units() {
        assert_eq!(bytes("1024"), Ok(1024));
        assert_eq!(bytes("250MB"), Ok(250_000_000));
        assert_eq!(bytes(" 20 gb"), Ok(20_000_000_000));
        for wrong in ["", "MB", "-1", "1.5GB", "10 miles", "99999999999TB"] {
            assert!(bytes(wrong).is_err(), "{wrong:?}");
        }
    }
}
