//! The servers under load, each on one core of its own where the machine can do that.

use anyhow::{Context, bail};
use reqwest::{Client, header, redirect::Policy};
use std::{
    net::TcpListener,
    process::Stdio,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::Plan;

const PASSWORD: &str = "correct horse battery staple";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Hubbub,
    JavaScript,
}

impl Target {
    pub fn name(self) -> &'static str {
        match self {
            Target::Hubbub => "Hubbub",
            Target::JavaScript => "socket.io",
        }
    }
}

pub struct Server {
    pub port: u16,
    pub pid: u32,
    _child: Child,
    _data: TempDir,
}

impl Server {
    pub async fn start(plan: &Plan, target: Target) -> anyhow::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let data = tempfile::tempdir()?;
        let mut command = on_one_core();
        match target {
            Target::Hubbub => {
                command.arg(&plan.server).args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"]);
                command.arg(data.path()).env("HUBBUB_LOG", "error").env_remove("LEPTOS_SITE_ROOT");
            }
            Target::JavaScript => {
                command.arg("node").arg(concat!(env!("CARGO_MANIFEST_DIR"), "/javascript_server.mjs"));
                command.env("PORT", port.to_string());
            }
        }
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true).spawn();
        let child = child.with_context(|| format!("cannot start {}", target.name()))?;
        let pid = child.id().context("the server has ended")?;
        let begun = Instant::now();
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            if begun.elapsed() > Duration::from_secs(20) {
                bail!("the server does not listen");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(Self { port, pid, _child: child, _data: data })
    }

    /// People with accounts in Hubbub, and the room that all of them are in.
    pub async fn people(&self, count: usize) -> anyhow::Result<(Vec<String>, String)> {
        let http = Client::builder().redirect(Policy::none()).build()?;
        let (mut tokens, mut room) = (Vec::new(), String::new());
        for number in 0..count {
            let name = format!("person{number}");
            let path = if number == 0 { "/workspace" } else { "/accounts" };
            let form = [("workspace", "Load"), ("name", &name), ("handle", &name), ("password", PASSWORD)];
            let answer = http.post(format!("http://127.0.0.1:{}{path}", self.port)).form(&form).send().await?;
            let text = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let cookie = text(header::SET_COOKIE).split(';').next().and_then(|cookie| cookie.split_once('='));
            tokens.push(cookie.context("no session")?.1.to_owned());
            room = text(header::LOCATION).trim_start_matches("/rooms/").to_owned();
        }
        Ok((tokens, room))
    }
}

/// The server has the first core; what is measured on it is not disturbed by the clients.
fn on_one_core() -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", "0"]);
    command
}
