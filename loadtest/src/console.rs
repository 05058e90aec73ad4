//! What it costs the server when somebody looks at the console.

use crate::{
    process,
    server::{Seat, Server},
};
use futures::StreamExt;
use serde_json::json;
use std::time::{Duration, Instant};

/// How long the server is watched, with a console and without.
const WATCHED: Duration = Duration::from_secs(20);

/// The list of connections is asked for so often by a console that shows it.
const LISTED_EVERY: Duration = Duration::from_secs(3);

/// Of one core, in percent: while nobody looks, and while somebody does.
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

async fn share(server: &Server, watched: Duration) -> f64 {
    let (before, begun) = (process::cpu_time(server.pid), Instant::now());
    tokio::time::sleep(watched).await;
    (process::cpu_time(server.pid) - before).as_secs_f64() / begun.elapsed().as_secs_f64() * 100.0
}
