//! The server as a process of its own, which can be killed at any moment.

use anyhow::{Context, bail};
use common::RoomId;
use reqwest::{Client, header, redirect::Policy};
use std::{net::TcpListener, path::Path, process::Stdio, time::Duration};
use tokio::process::{Child, Command};

const PASSWORD: &str = "correct horse battery staple";

pub struct Server {
    program: std::path::PathBuf,
    data: std::path::PathBuf,
    pub port: u16,
    loses: bool,
    child: Option<Child>,
    http: Client,
}

impl Server {
    pub async fn start(program: &Path, data: &Path) -> anyhow::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        // Without TLS, but built together with a server that has it, which leaves the choice open.
        rustls::crypto::ring::default_provider().install_default().ok();
        let http = Client::builder().redirect(Policy::none()).build()?;
        let mut server =
            Self { program: program.to_owned(), data: data.to_owned(), port, loses: false, child: None, http };
        server.begin().await?;
        Ok(server)
    }

    /// Starts the process on the same folder and port, and waits until it answers.
    pub async fn begin(&mut self) -> anyhow::Result<()> {
        let mut command = Command::new(&self.program);
        command
            .args(["serve", "--listen", &format!("127.0.0.1:{}", self.port), "--data"])
            .arg(&self.data)
            .env("HUBBUB_LOG", "error")
            // Clients here are faster than people.
            .env("HUBBUB_RATE", "1000")
            .env_remove("LEPTOS_SITE_ROOT")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true);
        // Only builds for tests hear this.
        command.env("HUBBUB_FAULT", if self.loses { "clock-jumps,acknowledge-early" } else { "clock-jumps" });
        self.child = Some(command.spawn().with_context(|| format!("cannot start {}", self.program.display()))?);
        for _ in 0..400 {
            if self.http.get(self.url("/health")).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            if let Some(child) = &mut self.child
                && let Some(status) = child.try_wait()?
            {
                bail!("the server has ended: {status}");
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        bail!("the server does not answer")
    }

    /// From now on the server acknowledges before it commits.
    pub async fn lose(&mut self) -> anyhow::Result<()> {
        self.loses = true;
        self.kill().await?;
        self.begin().await
    }

    /// SIGKILL: no farewell, nothing flushed.
    pub async fn kill(&mut self) -> anyhow::Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill().await?;
        }
        Ok(())
    }

    /// Sets the workspace up; returns the owner's token and the first room.
    pub async fn set_up(&self, name: &str) -> anyhow::Result<(String, RoomId)> {
        let form = [("workspace", "Faults"), ("name", name), ("handle", name), ("password", PASSWORD)];
        self.submit("/workspace", &form).await
    }

    pub async fn sign_up(&self, name: &str) -> anyhow::Result<(String, RoomId)> {
        self.submit("/accounts", &[("name", name), ("handle", name), ("password", PASSWORD)]).await
    }

    async fn submit(&self, path: &str, form: &[(&str, &str)]) -> anyhow::Result<(String, RoomId)> {
        let answer = self.http.post(self.url(path)).form(form).send().await?;
        let text = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let token = text(header::SET_COOKIE).split(';').next().and_then(|cookie| cookie.split_once('='));
        let room = text(header::LOCATION).strip_prefix("/rooms/").and_then(|id| id.parse().ok());
        match (token, room) {
            (Some((_, token)), Some(room)) => Ok((token.to_owned(), room)),
            _ => bail!("{path} sends to {:?}", text(header::LOCATION)),
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}
