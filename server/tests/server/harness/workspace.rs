//! A server in this process, with a data folder of its own.

use super::{PASSWORD, Person, SmallDisk, Web, within};
use clap::Parser;
use common::RoomId;
use server::{
    Config,
    boot::start::Server,
    config::{Cli, Task},
};
use std::{net::SocketAddr, path::PathBuf};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

pub struct Workspace {
    pub web: Web,
    folder: TempDir,
    address: SocketAddr,
    flags: Vec<String>,
    running: Option<Running>,
}

struct Running {
    tasks: Vec<&'static str>,
    stop: oneshot::Sender<()>,
    server: JoinHandle<anyhow::Result<()>>,
}

impl Workspace {
    /// A server without a workspace.
    pub async fn started() -> Self {
        Self::started_with(&[]).await
    }

    /// The same, with flags of `hubbub serve`.
    pub async fn started_with(flags: &[&str]) -> Self {
        Self::started_in(tempfile::tempdir().unwrap(), flags).await
    }

    /// The same, in a folder on a disk of its own.
    pub async fn started_on(disk: &SmallDisk) -> Self {
        Self::started_in(tempfile::tempdir_in(disk.path()).unwrap(), &[]).await
    }

    async fn started_in(folder: TempDir, flags: &[&str]) -> Self {
        let flags: Vec<String> = flags.iter().map(ToString::to_string).collect();
        let (address, running) = start(config(&folder, "127.0.0.1:0", &flags)).await;
        Self { web: Web::new(address), folder, address, flags, running: Some(running) }
    }

    /// Stops the server as SIGTERM would, and waits until it has gone.
    pub async fn stops(&mut self) {
        let Running { stop, server, .. } = self.running.take().expect("the server runs");
        stop.send(()).expect("the server waits for the word");
        within("the server stops", server).await.unwrap().expect("it stops without an error");
    }

    /// Waits until the server ends by itself.
    pub async fn ends(&mut self) -> anyhow::Result<()> {
        // The sender lives on: nothing asks the server to stop.
        let Running { server, stop: _stop, .. } = self.running.take().expect("the server runs");
        within("the server ends", server).await.unwrap()
    }

    /// The names of the server's background tasks, each once.
    pub fn tasks(&self) -> Vec<&'static str> {
        let mut names = self.running.as_ref().expect("the server runs").tasks.clone();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Starts the server again on the same folder and port.
    pub async fn starts_again(&mut self) {
        let (address, running) = start(config(&self.folder, &self.address.to_string(), &self.flags)).await;
        assert_eq!(address, self.address);
        self.running = Some(running);
    }

    /// A person sets the workspace up.
    pub async fn owner(&self, name: &str) -> Person {
        let form =
            [("workspace", "Analytical Engines"), ("name", name), ("handle", &handle(name)), ("password", PASSWORD)];
        Person::let_in(&self.web, name, self.web.submits("/workspace", &form).await).await
    }

    /// A person creates an account.
    pub async fn sign_up(&self, name: &str) -> Person {
        let form = [("name", name), ("handle", &handle(name)), ("password", PASSWORD)];
        Person::let_in(&self.web, name, self.web.submits("/accounts", &form).await).await
    }

    /// Ada, who owns the workspace; Grace, who joined it; and the room that everyone is in.
    pub async fn with_ada_and_grace() -> (Self, Person, Person, RoomId) {
        let workspace = Self::started().await;
        let ada = workspace.owner("Ada Lovelace").await;
        let grace = workspace.sign_up("Grace Hopper").await;
        let general = ada.landed_in();
        (workspace, ada, grace, general)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn database_file(&self) -> PathBuf {
        self.folder.path().join("hubbub.db")
    }

    /// The files of the database.
    pub fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_file()).collect()
    }
}

/// "Ada Lovelace" signs in as "ada".
pub fn handle(name: &str) -> String {
    name.split(' ').next().unwrap_or_default().to_lowercase()
}

fn config(folder: &TempDir, listen: &str, flags: &[String]) -> Config {
    let mut line = vec!["hubbub".into(), "serve".into(), "--listen".into(), listen.into()];
    line.extend(["--data".into(), folder.path().display().to_string()]);
    line.extend(flags.iter().cloned());
    // Links in tests lead nowhere, except in tests of previews.
    if !flags.iter().any(|flag| flag == "--link-previews") {
        line.extend(["--link-previews".into(), "off".into()]);
    }
    // Tests are faster than people, so rate limits are off, except in tests of them.
    if !flags.iter().any(|flag| flag == "--rate") {
        line.extend(["--rate".into(), "1000".into()]);
    }
    match Cli::parse_from(line).command {
        Task::Serve(config) => config,
        Task::Demo(_) => unreachable!("the line says serve"),
    }
}

async fn start(config: Config) -> (SocketAddr, Running) {
    let server = Server::prepare(config).await.expect("the server can start");
    let (address, tasks) = (server.address, server.tasks());
    let (stop, stopped) = oneshot::channel();
    // Without a signal the server stops with the test, when the sender is dropped.
    let server = tokio::spawn(server.run(async move { drop(stopped.await) }));
    (address, Running { tasks, stop, server })
}
