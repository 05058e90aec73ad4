//! What it costs the server when someone looks at the console.

use crate::{
    process,
    server::{PASSWORD, Seat, Server},
};
use anyhow::{Context, ensure};
use futures::StreamExt;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::process::Command;

/// How long the server is watched, with a console and without.
const WATCHED: Duration = Duration::from_secs(20);

/// The list of connections is asked for so often by a console that shows it.
const LISTED_EVERY: Duration = Duration::from_secs(3);

/// Of one core, in percent: while no one looks, and while someone does.
pub async fn cost(server: &Server, owner: &Seat) -> anyhow::Result<(f64, f64)> {
    let closed = share(server, WATCHED).await;
    let (socket, incomings) = server.connect(&owner.token, "/admin");
    let hearing = tokio::spawn(incomings.for_each(async |_| {}));
    crate::server::asked(&socket, "console:overview", json!({})).await?;
    let listing = tokio::spawn({
        let socket = socket.clone();
        async move {
            loop {
                // Measured is what the server does, whatever it answers.
                socket.request("console:connections", vec![json!({})]).await.ok();
                tokio::time::sleep(LISTED_EVERY).await;
            }
        }
    });
    let open = share(server, WATCHED).await;
    listing.abort();
    hearing.abort();
    Ok((closed, open))
}

/// How smooth the console is in a browser.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Smoothness {
    /// Of the page's thread.
    pub busy_percent: f64,
    /// The longest that it blocked, of 50 ms and more; 0 where it never did.
    pub longest_task_ms: f64,
    /// Until the list of connections is there, and until it shows what was looked for.
    pub listed_ms: f64,
    pub found_ms: f64,
    pub rows: usize,
}

/// Has a browser look at the console, as the owner, who has the handle of the first of all.
pub async fn in_a_browser(server: &Server) -> anyhow::Result<Smoothness> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../end2end/console.mjs");
    let address = format!("http://127.0.0.1:{}", server.port);
    let mut node = Command::new("node");
    node.args([script, &address, "person0", PASSWORD]).args(std::env::var_os("CONSOLE_SCREENSHOT"));
    let output = node.kill_on_drop(true).output().await.context("cannot start node")?;
    ensure!(output.status.success(), "the browser: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

async fn share(server: &Server, watched: Duration) -> f64 {
    let (before, begun) = (process::cpu_time(server.pid), Instant::now());
    tokio::time::sleep(watched).await;
    (process::cpu_time(server.pid) - before).as_secs_f64() / begun.elapsed().as_secs_f64() * 100.0
}
