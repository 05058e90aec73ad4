//! The JavaScript server, as a child process.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// How long Node.js may take to start, on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// Ends with the test.
pub(crate) struct Server {
    process: Child,
    port: u16,
    settings: Vec<(String, String)>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(&[]).await
    }

    pub(crate) async fn with(settings: &[(&str, &str)]) -> Self {
        let settings: Vec<_> = settings.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let (process, port) = launch(&settings).await;
        Self { process, port, settings }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) async fn kill(&mut self) {
        self.process.kill().await.expect("the server can be killed");
    }

    /// On the same port.
    pub(crate) async fn restart(&mut self) {
        let mut settings = self.settings.clone();
        settings.push(("PORT".into(), self.port.to_string()));
        (self.process, self.port) = launch(&settings).await;
    }

    /// The server keeps its connections but does nothing any more.
    pub(crate) async fn freeze(&self) {
        self.signal("-STOP").await;
    }

    pub(crate) async fn thaw(&self) {
        self.signal("-CONT").await;
    }

    async fn signal(&self, signal: &str) {
        let id = self.process.id().expect("the server is running").to_string();
        let status = Command::new("kill").args([signal, &id]).status().await;
        assert!(status.expect("there is a kill command").success());
    }
}

async fn launch(settings: &[(String, String)]) -> (Child, u16) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/javascript");
    assert!(
        folder.join("node_modules/socket.io").exists(),
        "The official JavaScript server is not installed: run bin/setup."
    );
    let mut process = Command::new("node")
        .arg("server.mjs")
        .current_dir(folder)
        .envs(settings.iter().cloned())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("Node.js could not be started: run bin/setup.");
    let stdout = process.stdout.take().expect("stdout is piped");
    let mut lines = BufReader::new(stdout).lines();
    let line = tokio::time::timeout(LIMIT, lines.next_line()).await.expect("the server starts in time");
    let port = line.expect("the server prints text").expect("the server prints its port");
    (process, port.parse().expect("a port number"))
}
