//! What the chain of event middleware costs each event, beside what a look at the clock does.
//!
//! `cargo run --release --package server --features app/ssr --example middleware`

use common::{PersonId, RoomId};
use server::{
    broadcasts::Broadcasts,
    config::Durability,
    connections::{Connection, Connections, Limits},
    db::Db,
    door_log::{DoorLog, Operations},
    metrics::Metrics,
    middleware::event::{self, Arrival, Outcome, Rates, Turn},
    namespaces::{self, Entered},
};
use std::{hint::black_box, sync::Arc, time::Instant};

const EVENTS: u32 = 1_000_000;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("hubbub-middleware-{}", std::process::id()));
    let (db, _committed) = Db::open(&folder, Durability::Normal).await?;
    let (_, io) = namespaces::build();
    let metrics = Arc::new(Metrics::default());
    let operations = Operations {
        connections: Connections::new(Limits::default()),
        door: DoorLog::default(),
        broadcasts: Broadcasts::new(io, metrics.clone()),
        metrics,
        rates: Arc::new(Rates::new(u32::MAX / 1_000)),
        db: db.clone(),
    };
    let (person, room) = (PersonId::new(), RoomId::new());
    let connection = Arc::new(Connection::lone());
    connection.know_in(room, operations.broadcasts.audience_changes());
    let entered =
        Entered { namespace: "/chat", connection, seat: None, person: Some(person), program: None, operations };
    let payload = socketioxide_core::Value::Str("[\"message:post\",{}]".into(), None);

    let clock = nanoseconds(async || {
        black_box(Instant::now());
    })
    .await;
    let chain = nanoseconds(async || {
        let (name, payload) = ("message:post", &payload);
        let arrival = Arrival { entered: &entered, name, payload, free: 1_000, half: 512 };
        let passed = event::arrives(black_box(&arrival)).is_ok();
        let turn = Turn { entered: &entered, name, room: Some(room), arrived: Instant::now() };
        let passed = passed && event::takes_its_turn(&turn).await.is_ok();
        assert!(passed, "nothing is refused here");
        event::answered(&turn, Outcome::Done);
    })
    .await;
    println!("a look at the clock            {clock:>8.1} ns");
    println!("the chain, each event          {chain:>8.1} ns   (limit 5,000)");
    println!("links                          {:>8}", event::CHAIN.len());
    db.close().await;
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

async fn nanoseconds(work: impl AsyncFn()) -> f64 {
    for _ in 0..EVENTS / 10 {
        work().await;
    }
    let begun = Instant::now();
    for _ in 0..EVENTS {
        work().await;
    }
    begun.elapsed().as_nanos() as f64 / f64::from(EVENTS)
}
