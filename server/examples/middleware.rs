//! What the chain of event middleware costs each event, beside what a look at the clock does.
//!
//! `cargo run --release --package server --features app/ssr --example middleware`

use common::{PersonId, RoomId};
use server::{
    namespaces,
    operations::{metrics::Metrics, refusals::RefusalLog},
    realtime::{
        broadcasts::Broadcasts,
        connections::{Connection, Connections, Limits},
        handle::ConnectionHandle,
        middleware::{
            self,
            link::{Arrival, Outcome, Turn},
        },
        rates::Rates,
        shared::Realtime,
    },
};
use std::{hint::black_box, sync::Arc, time::Instant};
use store::db::{Db, Durability};

const EVENTS: u32 = 1_000_000;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("hubbub-middleware-{}", std::process::id()));
    let (db, _committed) = Db::open(&folder, Durability::Normal).await?;
    let (_, io) = namespaces::build();
    let metrics = Arc::new(Metrics::default());
    let realtime = Realtime {
        connections: Connections::new(Limits::default()),
        refusals: RefusalLog::default(),
        broadcasts: Broadcasts::new(io, metrics.clone()),
        metrics,
        rates: Arc::new(Rates::new(u32::MAX / 1_000)),
        db: db.clone(),
    };
    let (person, room) = (PersonId::new(), RoomId::new());
    let connection = Arc::new(Connection::lone());
    connection.know_in(room, db.membership_changes());
    let handle =
        ConnectionHandle { namespace: "/chat", connection, slot: None, person: Some(person), program: None, realtime };

    let clock = nanoseconds(async || {
        black_box(Instant::now());
    })
    .await;
    let chain = nanoseconds(async || {
        let name = "message:post";
        let arrival = Arrival { handle: &handle, name, bytes: 300 };
        let passed = middleware::arrives(black_box(&arrival)).is_ok();
        let mut turn = Turn { handle: &handle, name, room: Some(room), member: None, arrived: Instant::now() };
        let passed = passed && middleware::takes_its_turn(&mut turn).await.is_ok();
        assert!(passed, "nothing is refused here");
        middleware::answered(&turn, Outcome::Done);
    })
    .await;
    println!("a look at the clock            {clock:>8.1} ns");
    println!("the chain, each event          {chain:>8.1} ns   (limit 5,000)");
    println!("links                          {:>8}", middleware::CHAIN.len());
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
