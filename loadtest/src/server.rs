//! The servers under load, each on one core of its own where the machine can do that.

use anyhow::{Context, bail, ensure};
use futures::StreamExt;
use reqwest::{Client, header, redirect::Policy};
use serde_json::{Value, json};
use socket::{Incomings, Options, Socket};
use std::{
    net::TcpListener,
    process::Stdio,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::{Plan, process::Callgrind};

/// Where callgrind writes what it has counted.
const COUNTS: &str = "callgrind";

pub const PASSWORD: &str = "correct horse battery staple";

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

/// Whom a connection belongs to, and the room that it posts to and hears of.
#[derive(Clone)]
pub struct Seat {
    pub token: String,
    pub room: String,
    /// Which of the rooms it is.
    pub place: usize,
}

pub struct Server {
    pub port: u16,
    pub pid: u32,
    target: Target,
    _child: Child,
    data: TempDir,
}

impl Server {
    pub async fn start(plan: &Plan, target: Target) -> anyhow::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let data = tempfile::tempdir()?;
        let mut command = on_one_core();
        if plan.callgrind && target == Target::Hubbub {
            command.args(Callgrind::command(&data.path().join(COUNTS)));
        }
        match target {
            Target::Hubbub => {
                command.arg(&plan.server).args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"]);
                command.arg(data.path()).env("HUBBUB_LOG", "error").env_remove("LEPTOS_SITE_ROOT");
                // All of them come from one address, and faster than people. Every check is made all the same.
                command.env("HUBBUB_RATE", "1000").env("HUBBUB_CONNECTIONS_PER_ADDRESS", "1000000");
                command.env("HUBBUB_CONNECTIONS_PER_PERSON", "1000000");
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
        Ok(Self { port, pid, target, _child: child, data })
    }

    /// Starts to count instructions, where the server runs under callgrind.
    pub async fn callgrind(&self, plan: &Plan) -> anyhow::Result<Option<Callgrind>> {
        let is_counted = plan.callgrind && self.target == Target::Hubbub;
        if !is_counted {
            return Ok(None);
        }
        Callgrind::start(self.pid, self.data.path().join(COUNTS)).await.map(Some)
    }

    /// People with accounts in Hubbub, evenly in this many rooms.
    pub async fn people(&self, count: usize, rooms: usize) -> anyhow::Result<Vec<Seat>> {
        let mut seats = self.sign_up(count).await?;
        if rooms > 1 {
            let founder = self.socket(&seats[0].token);
            let mut made = Vec::new();
            for number in 0..rooms {
                let room = json!({ "kind": "public", "name": format!("room {number}") });
                let summary = asked(&founder, "room:create", room).await?;
                made.push(summary["id"].as_str().context("a room has an id")?.to_owned());
            }
            for (number, seat) in seats.iter_mut().enumerate() {
                seat.place = number % rooms;
                seat.room = made[seat.place].clone();
                asked(&self.socket(&seat.token), "room:join", json!({ "room": seat.room })).await?;
            }
            for room in &made[1..] {
                asked(&founder, "room:leave", json!({ "room": room })).await?;
            }
        }
        Ok(seats)
    }

    /// A connection to a namespace.
    pub fn connect(&self, token: &str, namespace: &str) -> (Socket, Incomings) {
        let options = Options::new(format!("ws://127.0.0.1:{}", self.port), namespace);
        socket::native::connect(options.auth(json!({ "token": token })))
    }

    fn socket(&self, token: &str) -> Socket {
        let (socket, incomings) = self.connect(token, "/chat");
        tokio::spawn(incomings.for_each(async |_| {}));
        socket
    }

    /// People with accounts, all in the first room.
    async fn sign_up(&self, count: usize) -> anyhow::Result<Vec<Seat>> {
        // Without TLS, but built together with a server that has it, which leaves the choice open.
        rustls::crypto::ring::default_provider().install_default().ok();
        let http = Client::builder().redirect(Policy::none()).build()?;
        let mut seats = Vec::new();
        for number in 0..count {
            let name = format!("person{number}");
            let path = if number == 0 { "/workspace" } else { "/accounts" };
            let form = [("workspace", "Load"), ("name", &name), ("handle", &name), ("password", PASSWORD)];
            let answer = http.post(format!("http://127.0.0.1:{}{path}", self.port)).form(&form).send().await?;
            let text = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let cookie = text(header::SET_COOKIE).split(';').next().and_then(|cookie| cookie.split_once('='));
            let token = cookie.context("no session")?.1.to_owned();
            let room = text(header::LOCATION).trim_start_matches("/rooms/").to_owned();
            seats.push(Seat { token, room, place: 0 });
        }
        Ok(seats)
    }
}

/// The reply to a command.
pub async fn asked(socket: &Socket, name: &str, payload: Value) -> anyhow::Result<Value> {
    let begun = Instant::now();
    loop {
        match socket.request(name, vec![payload.clone()]).await {
            Ok(reply) => {
                let mut answer = reply.args.into_iter().next().unwrap_or_default();
                ensure!(answer["refusal"].is_null(), "{name}: {}", answer["refusal"]);
                return Ok(answer["ok"].take());
            }
            // It may not be connected yet.
            Err(error) if begun.elapsed() > Duration::from_secs(20) => bail!("{name}: {error:?}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// The server has the first core; what is measured on it is not disturbed by the clients.
fn on_one_core() -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", "0"]);
    command
}
