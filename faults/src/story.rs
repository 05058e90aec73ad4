//! A run: people write, things break, everything is mended, and then it is looked at.

use crate::{
    Plan, check,
    client::{Belongs, Device, Observer, Word},
    disk::Disk,
    ledger::Ledger,
    proxy::Line,
    report::Report,
    server::Server,
};
use anyhow::Context;
use app::state::ChatState;
use common::{
    RoomId,
    rooms::{CreateRoom, JoinRoom, RoomKind},
};
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};
use tokio::sync::{mpsc::UnboundedSender, oneshot};

struct Person {
    token: String,
}

struct Place {
    line: Line,
    words: UnboundedSender<Word>,
    token: String,
}

pub async fn told(plan: &Plan) -> anyhow::Result<Report> {
    let begun = Instant::now();
    let disk = if plan.fill_disk { Disk::small()? } else { Disk::folder()? };
    let mut server = Server::start(&plan.server, disk.path()).await?;
    let (people, rooms) = settled_in(plan, &server).await?;
    if plan.must_lose {
        server.lose().await?;
    }
    let ledger = Ledger::default();
    let mut devices = Vec::new();
    for number in 0..plan.people * 2 {
        let person = &people[number / 2];
        let line = Line::to(server.port).await?;
        let words = Device::start(Belongs {
            number,
            token: person.token.clone(),
            rooms: rooms.clone(),
            address: line.address,
            ledger: ledger.clone(),
            seed: plan.seed.wrapping_mul(1_000).wrapping_add(number as u64),
        });
        devices.push(Place { line, words, token: person.token.clone() });
    }
    let mut report = Report { seed: plan.seed, devices: devices.len(), ..Report::default() };
    broken(plan, &mut server, &disk, &devices, &mut report).await?;
    let states = mended(&devices).await?;
    looked_at(&server, &people, &rooms, &ledger, &states, &mut report).await?;
    drop(devices);
    server.kill().await?;
    report.seconds = begun.elapsed().as_secs();
    Ok(report)
}

/// People with accounts, in the rooms.
async fn settled_in(plan: &Plan, server: &Server) -> anyhow::Result<(Vec<Person>, Vec<RoomId>)> {
    let (mut people, mut rooms) = (Vec::new(), Vec::new());
    for number in 0..plan.people {
        let name = format!("person{number}");
        let (token, first) = if number == 0 { server.set_up(&name).await? } else { server.sign_up(&name).await? };
        let observer = Observer::connect(server.port, &token).await?;
        if number == 0 {
            rooms.push(first);
            for number in 1..plan.rooms {
                let command =
                    CreateRoom { kind: RoomKind::Public, name: format!("room {number}"), topic: String::new() };
                rooms.push(observer.asks(command).await?.id);
            }
        }
        for room in &rooms {
            observer.asks(JoinRoom { room: *room }).await?;
        }
        people.push(Person { token });
    }
    Ok((people, rooms))
}

/// Everybody writes while the server is killed again and again and other things break in between.
async fn broken(
    plan: &Plan,
    server: &mut Server,
    disk: &Disk,
    devices: &[Place],
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut chance = fastrand::Rng::with_seed(plan.seed);
    for device in devices {
        device.words.send(Word::Write { every: Duration::from_millis(15) })?;
    }
    while report.kills < plan.kills {
        for _ in 0..chance.usize(1..5) {
            tokio::time::sleep(Duration::from_millis(chance.u64(30..250))).await;
            let device = &devices[chance.usize(..devices.len())];
            match chance.u8(..9) {
                0 | 1 => {
                    device.line.cut();
                    report.cuts += 1;
                }
                2 => {
                    device.line.delay(Duration::from_millis(chance.u64(20..400)));
                    report.delays += 1;
                }
                3 => {
                    device.line.stall(true);
                    report.stalls += 1;
                }
                4 => {
                    device.line.lose(chance.u64(2..20));
                    report.lossy += 1;
                }
                5 => {
                    device.words.send(Word::Crash)?;
                    report.crashes += 1;
                }
                _ => devices.iter().for_each(|device| device.line.mend()),
            }
        }
        if plan.fill_disk {
            disk.fill()?;
            tokio::time::sleep(Duration::from_millis(chance.u64(200..900))).await;
            disk.free()?;
            report.fillings += 1;
        }
        server.kill().await?;
        report.kills += 1;
        tokio::time::sleep(Duration::from_millis(chance.u64(0..300))).await;
        server.begin().await.with_context(|| format!("after kill {}", report.kills))?;
    }
    Ok(())
}

/// Nothing breaks any more; every device gets its outbox out and catches up.
async fn mended(devices: &[Place]) -> anyhow::Result<Vec<(String, ChatState)>> {
    for device in devices {
        device.words.send(Word::Rest)?;
        device.line.mend();
    }
    let mut states = Vec::new();
    // Twice: what one device sends last, the others have to hear.
    for round in 0..2 {
        states.clear();
        for (number, device) in devices.iter().enumerate() {
            let (settled, state) = oneshot::channel();
            device.words.send(Word::Settle(settled))?;
            let state = tokio::time::timeout(Duration::from_secs(90), state).await;
            let state = state.with_context(|| format!("device {number} does not settle, round {round}"))??;
            states.push((device.token.clone(), state));
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    Ok(states)
}

async fn looked_at(
    server: &Server,
    people: &[Person],
    rooms: &[RoomId],
    ledger: &Ledger,
    states: &[(String, ChatState)],
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut observers = HashMap::new();
    for person in people {
        observers.insert(person.token.clone(), Observer::connect(server.port, &person.token).await?);
    }
    let observer = &observers[&people[0].token];
    let mut logs = Vec::new();
    for room in rooms {
        logs.push(check::Room::read(observer, *room).await?);
    }
    check::logs(&logs, report);
    let entries = ledger.entries().clone();
    check::devices(states, &observers, &logs, &entries, report).await?;
    check::promises(&entries, &logs, report);
    report.posts = entries.posts.len();
    report.replies = entries.posts.iter().filter(|post| post.is_reply).count();
    report.revisions = entries.revisions.len();
    let posts = entries.posts.iter().filter(|post| post.acknowledged.is_some()).count();
    report.reactions = entries.reactions.len();
    report.statuses = entries.statuses.len();
    let others = entries
        .reactions
        .iter()
        .map(|it| it.is_acknowledged)
        .chain(entries.statuses.iter().map(|it| it.is_acknowledged));
    report.acknowledged = posts
        + entries.revisions.iter().filter(|change| change.acknowledged.is_some()).count()
        + others.filter(|is_acknowledged| *is_acknowledged).count();
    report.refused_for_a_full_disk = entries.full;
    Ok(())
}
