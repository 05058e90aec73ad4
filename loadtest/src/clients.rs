//! The clients: they connect, sit, post and hear.

use crate::{
    Plan, console,
    listener::{Listener, Posted},
    process::{self, Counter},
    report::{Report, Times},
    server::{Seat, Server, Target},
};
use anyhow::{Context, bail};
use common::ServerEvent;
use futures::{StreamExt, stream};
use serde_json::json;
use socket::{Incoming, Incomings, Options, Socket};
use std::{
    collections::VecDeque,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::watch;

/// People behind the connections: making an account costs a password's hash.
const PEOPLE: usize = 10;
/// Connections that are made at the same time.
const AT_ONCE: usize = 64;

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

fn microseconds() -> u64 {
    START.elapsed().as_micros().try_into().unwrap_or(u64::MAX)
}

/// What one client heard.
#[derive(Default)]
struct Heard {
    late: Vec<u32>,
    last: Option<i64>,
    doubled: usize,
    missing: usize,
    out_of_order: usize,
}

pub async fn measured(plan: &Plan, target: Target) -> anyhow::Result<Report> {
    let server = Server::start(plan, target).await?;
    let rooms = plan.rooms.max(1);
    let seats = match target {
        Target::Hubbub => server.people(PEOPLE.max(rooms).min(plan.connections), rooms).await?,
        // No one signs in there; the token is the room.
        Target::JavaScript => (0..rooms).map(seat_of_nobody).collect(),
    };
    let before = process::resident(server.pid);
    let (begun, cpu) = (Instant::now(), process::cpu_time(server.pid));
    let clients = connected(plan, &server, &seats).await?;
    let connects_per_second = plan.connections as f64 / begun.elapsed().as_secs_f64();
    let connecting = process::cpu_time(server.pid) - cpu;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let idle = process::resident(server.pid).saturating_sub(before);

    let deliveries = Arc::new(AtomicUsize::new(0));
    let (stop, stopped) = watch::channel(false);
    let senders: Vec<_> = clients.iter().filter_map(|(client, seat)| Some((client.sender()?, seat.clone()))).collect();
    let mut hearing = Vec::new();
    for (client, seat) in clients {
        hearing.push((seat.place, tokio::spawn(hear(client, deliveries.clone(), stopped.clone()))));
    }

    // They hear by now, and so answer heartbeats.
    let console = match target {
        Target::Hubbub if plan.console => Some(console::cost(&server, &seats[0]).await?),
        Target::Hubbub | Target::JavaScript => None,
    };
    let smoothness = match console {
        Some(_) => Some(console::in_a_browser(&server).await?),
        None => None,
    };
    let callgrind = server.callgrind(plan).await?;
    let (cpu, counter, begun) = (process::cpu_time(server.pid), Counter::start(server.pid), Instant::now());
    let (answers, posted) = post(plan, &senders, rooms).await;
    let posting = begun.elapsed();
    let posts = answers.len();
    let all_heard: usize = hearing.iter().map(|(place, _)| posted[*place]).sum();
    let waiting = Instant::now();
    while deliveries.load(Ordering::Relaxed) < all_heard && waiting.elapsed() < Duration::from_secs(10) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let elapsed = begun.elapsed();
    let (cpu, instructions) = (process::cpu_time(server.pid) - cpu, counter.stop().await);
    let own_instructions = match callgrind {
        Some(callgrind) => Some(callgrind.stop().await?),
        None => None,
    };
    stop.send(true)?;

    let mut report = Report {
        server: target.name().into(),
        connections: plan.connections,
        rooms,
        senders: plan.senders,
        connects_per_second,
        cpu_microseconds_per_connect: connecting.as_secs_f64() * 1e6 / plan.connections as f64,
        kib_per_idle_connection: idle as f64 / 1024.0 / plan.connections as f64,
        console_closed_percent: console.map(|(closed, _)| closed),
        console_open_percent: console.map(|(_, open)| open),
        console_in_a_browser: smoothness,
        posts,
        posts_per_second: posts as f64 / posting.as_secs_f64(),
        resident_mib: process::resident(server.pid) as f64 / 1024.0 / 1024.0,
        unanswered: answers.iter().filter(|answer| answer.is_none()).count(),
        acknowledgement: Times::of(answers.into_iter().flatten().collect()),
        ..Report::default()
    };
    let mut late = Vec::new();
    for (place, heard) in hearing {
        let (heard, posts) = (heard.await?, posted[place]);
        report.lost += (posts - heard.late.len().min(posts)).max(heard.missing);
        report.doubled += heard.doubled;
        report.out_of_order += heard.out_of_order;
        late.extend(heard.late);
    }
    report.deliveries = late.len();
    let each = |total: f64| total / late.len().max(1) as f64;
    report.deliveries_per_second = late.len() as f64 / elapsed.as_secs_f64();
    report.cpu_microseconds_per_delivery = each(cpu.as_secs_f64() * 1e6);
    report.instructions_per_delivery = instructions.map(|count| each(count as f64));
    report.own_instructions_per_delivery = own_instructions.map(|count| each(count as f64));
    report.delivery = Times::of(late);
    Ok(report)
}

/// A client of the official kind, or one that only listens.
enum Client {
    Sender(Socket, Incomings, VecDeque<Posted>),
    Listener(Box<Listener>),
}

impl Client {
    async fn connect(port: u16, token: &str, sends: bool) -> anyhow::Result<Self> {
        if !sends {
            return Ok(Client::Listener(Box::new(Listener::connect(port, token).await?)));
        }
        let options = Options::new(format!("ws://127.0.0.1:{port}"), "/chat")
            .auth(json!({ "token": token, "batch": true }))
            .request_timeout(Duration::from_secs(60))
            .connect_timeout(Duration::from_secs(60));
        let (socket, mut incomings) = socket::native::connect(options);
        loop {
            match incomings.next().await.context("the connection ended")? {
                Incoming::Connected { .. } => return Ok(Client::Sender(socket, incomings, VecDeque::new())),
                Incoming::ConnectRefused { message, .. } => bail!("refused: {message}"),
                _ => {}
            }
        }
    }

    fn sender(&self) -> Option<Socket> {
        match self {
            Client::Sender(socket, ..) => Some(socket.clone()),
            Client::Listener(_) => None,
        }
    }

    /// The next message; `None` at the end of the connection.
    async fn next(&mut self) -> Option<Posted> {
        let (incomings, heard) = match self {
            Client::Sender(_, incomings, heard) => (incomings, heard),
            Client::Listener(listener) => return listener.next().await,
        };
        loop {
            if let Some(posted) = heard.pop_front() {
                return Some(posted);
            }
            if let Incoming::Event(event) = incomings.next().await? {
                let payload = event.args.into_iter().next().unwrap_or_default();
                let events = ServerEvent::read_all(&event.name, payload).into_iter().flatten().flatten();
                heard.extend(events.filter_map(posted_in));
            }
        }
    }
}

fn posted_in(event: ServerEvent) -> Option<Posted> {
    let ServerEvent::MessagePosted(message) = event else { return None };
    let sent = message.text.split(' ').next().and_then(|sent| sent.parse().ok());
    Some(Posted { seq: message.seq, sent: sent.unwrap_or(0) })
}

fn seat_of_nobody(place: usize) -> Seat {
    let room = format!("019b077d-2280-7000-8000-{place:012x}");
    Seat { token: room.clone(), room, place }
}

async fn connected(plan: &Plan, server: &Server, seats: &[Seat]) -> anyhow::Result<Vec<(Client, Seat)>> {
    let connect = async |number: usize| {
        let seat = &seats[number % seats.len()];
        let client = Client::connect(server.port, &seat.token, number < plan.senders.max(1)).await?;
        anyhow::Ok((client, seat.clone()))
    };
    let clients: Vec<_> = stream::iter((0..plan.connections).map(connect)).buffer_unordered(AT_ONCE).collect().await;
    clients.into_iter().collect()
}

async fn hear(mut client: Client, deliveries: Arc<AtomicUsize>, mut stopped: watch::Receiver<bool>) -> Heard {
    let mut heard = Heard::default();
    loop {
        let message = tokio::select! {
            message = client.next() => message,
            _ = stopped.changed() => return heard,
        };
        let Some(message) = message else { return heard };
        heard.take(&message);
        deliveries.fetch_add(1, Ordering::Relaxed);
    }
}

impl Heard {
    fn take(&mut self, &Posted { seq, sent }: &Posted) {
        self.late.push(microseconds().saturating_sub(sent).try_into().unwrap_or(u32::MAX));
        match self.last {
            Some(last) if seq == last => self.doubled += 1,
            Some(last) if seq < last => self.out_of_order += 1,
            Some(last) => self.missing += usize::try_from(seq - last - 1).unwrap_or(0),
            None => {}
        }
        self.last = Some(self.last.map_or(seq, |last| last.max(seq)));
    }
}

/// How long each acknowledgement took, in microseconds, `None` for one that never came; and how many
/// posts there were in each room.
async fn post(plan: &Plan, senders: &[(Socket, Seat)], rooms: usize) -> (Vec<Option<u32>>, Vec<usize>) {
    let until = Instant::now() + Duration::from_secs(plan.seconds);
    let mut posting = Vec::new();
    for (number, (socket, seat)) in senders.iter().take(plan.senders.max(1)).cloned().enumerate() {
        let plan = plan.clone();
        let posts = async move {
            if plan.rate > 0.0 {
                at_a_rate(&plan, number, socket, seat.room, until).await
            } else {
                one_by_one(&plan, socket, seat.room, until).await
            }
        };
        posting.push((seat.place, tokio::spawn(posts)));
    }
    let (mut answers, mut posted) = (Vec::new(), vec![0; rooms]);
    for (place, sender) in posting {
        let sent = sender.await.unwrap_or_default();
        posted[place] += sent.len();
        answers.extend(sent);
    }
    (answers, posted)
}

/// An open loop: it goes on at its rate, whatever the answers do.
async fn at_a_rate(plan: &Plan, number: usize, socket: Socket, room: String, until: Instant) -> Vec<Option<u32>> {
    let every = Duration::from_secs_f64(plan.senders as f64 / plan.rate);
    let offset = every.mul_f64(number as f64 / plan.senders as f64);
    let mut ticks = tokio::time::interval_at(tokio::time::Instant::now() + offset, every);
    let mut answers = Vec::new();
    while Instant::now() < until {
        ticks.tick().await;
        answers.push(tokio::spawn(posted(socket.clone(), room.clone(), plan.size)));
    }
    let mut times = Vec::new();
    for answer in answers {
        times.push(answer.await.ok().flatten());
    }
    times
}

/// A closed loop: the next post goes out when the one before it is acknowledged.
async fn one_by_one(plan: &Plan, socket: Socket, room: String, until: Instant) -> Vec<Option<u32>> {
    let mut times = Vec::new();
    while Instant::now() < until {
        times.push(posted(socket.clone(), room.clone(), plan.size).await);
    }
    times
}

async fn posted(socket: Socket, room: String, size: usize) -> Option<u32> {
    let sent = microseconds();
    let text = format!("{sent} {}", "x".repeat(size.saturating_sub(20)));
    let payload = json!({ "id": common::MessageId::new(), "room": room, "text": text });
    let reply = socket.request("message:post", vec![payload]).await.ok()?;
    reply.args.first()?.get("ok")?;
    (microseconds() - sent).try_into().ok()
}
