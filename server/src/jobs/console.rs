//! Console ticks: sends the counts of the last second to open consoles, once a second.
//!
//! The size of a tick does not depend on the number of connections. Consoles request lists page by page. While
//! no console is open, the job gathers nothing.

use crate::{
    operations::{
        machine::{self, Machine},
        refusals::Entry,
    },
    realtime::{
        connections::{self, Now},
        shared::Realtime,
    },
};
use common::{
    Millis, PersonId,
    console::{ConnectionChange, Latency, Rate, Tick},
    refusal_log::LoggedRefusal,
};
use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use store::{
    clock,
    error::Error,
    reports,
    roster::tags::{self, Tags},
};
use tokio::sync::Notify;

const EVERY: Duration = Duration::from_secs(1);

/// The number of seconds that a newly opened console receives.
const KEPT: usize = 60;

/// Maximum number of names, and of refusals, in a tick.
const NAMES: usize = 12;

const REFUSALS: usize = 20;

/// The number of open consoles and the last ticks; cheap to clone.
#[derive(Clone, Default)]
pub struct Console {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    open: AtomicU32,
    opened: Notify,
    ticks: Mutex<VecDeque<Tick>>,
    started_at: Millis,
}

impl Console {
    pub fn new() -> Self {
        Self { shared: Arc::new(Shared { started_at: clock::now(), ..Shared::default() }) }
    }

    /// The start time of the server.
    pub fn started_at(&self) -> Millis {
        self.shared.started_at
    }

    /// Counts an opened console.
    pub fn opened(&self) {
        self.shared.open.fetch_add(1, Ordering::SeqCst);
        self.shared.opened.notify_one();
    }

    /// Counts a closed console.
    pub fn closed(&self) {
        self.shared.open.fetch_sub(1, Ordering::SeqCst);
    }

    /// The last ticks, oldest first.
    pub fn ticks(&self) -> Vec<Tick> {
        self.shared.ticks.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Gathers and publishes ticks for as long as the server runs.
    pub async fn publish_ticks(self, realtime: Realtime, folder: PathBuf) {
        let mut gatherer =
            Gatherer { realtime, folder, machine: Machine::default(), door: 0, refused: 0, bytes: (0, 0) };
        loop {
            while self.shared.open.load(Ordering::SeqCst) == 0 {
                self.shared.opened.notified().await;
                // Events from before the first console opened belong to no tick.
                self.shared.ticks.lock().unwrap_or_else(PoisonError::into_inner).clear();
                gatherer.begin();
            }
            tokio::time::sleep(EVERY).await;
            match gatherer.tick().await {
                Ok(tick) => {
                    self.keep(tick.clone());
                    gatherer.realtime.broadcasts.console_tick(&tick).await;
                }
                Err(error) => drop(error.into_refusal()),
            }
        }
    }

    fn keep(&self, tick: Tick) {
        let mut ticks = self.shared.ticks.lock().unwrap_or_else(PoisonError::into_inner);
        if ticks.len() == KEPT {
            ticks.pop_front();
        }
        ticks.push_back(tick);
    }
}

struct Gatherer {
    realtime: Realtime,
    folder: PathBuf,
    machine: Machine,
    /// The number of the last published entry of the refusal log, and the count of all published refusals.
    door: u64,
    refused: u64,
    bytes: (u64, u64),
}

impl Gatherer {
    fn begin(&mut self) {
        let Now { received, sent, .. } = self.realtime.connections.now();
        self.bytes = (received, sent);
        (_, self.door, self.refused) = self.realtime.refusals.after(u64::MAX, 0);
        self.realtime.metrics.take_names();
        self.realtime.metrics.take_latency::<0>([]);
        self.machine.cpu();
    }

    async fn tick(&mut self) -> Result<Tick, Error> {
        let now = self.realtime.connections.now();
        let (entries, door, refused) = self.realtime.refusals.after(self.door, REFUSALS);
        let [commands, events] = self.realtime.metrics.take_names();
        let [p50, p95, p99] = self.realtime.metrics.take_latency([0.5, 0.95, 0.99]);
        let people = now.events.iter().filter_map(|event| event.person);
        let people: Vec<PersonId> = people.chain(entries.iter().filter_map(|entry| entry.person)).collect();
        let tags = tags::tags(&self.realtime.db, people).await?;
        let tick = Tick {
            at: clock::now(),
            connections: now.connections,
            people: now.people,
            comings: now.events.iter().map(|event| shown(event, &tags)).collect(),
            opened: now.opened,
            closed: now.closed,
            commands: rates(commands),
            events: rates(events),
            latency: Latency { p50, p95, p99 },
            memory: machine::memory(),
            cpu: self.machine.cpu(),
            database: machine::database(&self.folder),
            received: now.received.saturating_sub(self.bytes.0),
            sent: now.sent.saturating_sub(self.bytes.1),
            refused: u32::try_from(refused - self.refused).unwrap_or(u32::MAX),
            door: entries.into_iter().map(|entry| entry.shown(&tags)).collect(),
            reports: reports::open(&self.realtime.db).await?,
        };
        (self.door, self.refused) = (door, refused);
        self.bytes = (now.received, now.sent);
        Ok(tick)
    }
}

/// The most frequent names, and the rest as one entry, so that the sum is complete.
fn rates(mut counts: Vec<(&'static str, u32)>) -> Vec<Rate> {
    let others: u32 = counts.iter().skip(NAMES).map(|(_, count)| count).sum();
    counts.truncate(NAMES);
    if others > 0 {
        counts.push(("others", others));
    }
    counts.into_iter().map(|(name, count)| Rate { name: name.to_owned(), count }).collect()
}

fn shown(event: &connections::ConnectionEvent, tags: &Tags) -> ConnectionChange {
    ConnectionChange {
        at: event.at,
        connection: event.connection,
        person: event.person.map(|person| tags.of(person)),
        program: event.program.as_ref().map(|program| program.name.clone()),
        namespace: event.namespace.to_owned(),
        address: event.address.to_string(),
        reason: event.reason.clone(),
    }
}

impl Entry {
    /// The entry in the console's format.
    pub fn shown(self, tags: &Tags) -> LoggedRefusal {
        LoggedRefusal {
            number: self.number,
            at: self.at,
            remedy: self.remedy().to_owned(),
            namespace: self.namespace,
            middleware: self.middleware.to_owned(),
            code: self.refusal.code,
            why: self.refusal.message,
            event: self.event,
            address: self.address.to_string(),
            connection: self.connection,
            person: self.person.map(|person| tags.of(person)),
            program: self.program.map(|program| program.name.clone()),
            times: self.times,
        }
    }
}
