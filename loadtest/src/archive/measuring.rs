//! Searching, and opening the big room.

use crate::{
    Plan,
    filling::{BIG, END, OUTSIDER, THREE_YEARS},
    words::{Chance, Language},
};
use anyhow::{Context, bail};
use common::{
    Answer, Command, RoomId,
    messages::{PostMessage, ReadAround, Spot},
    rooms::OpenRoom,
    search::SearchMessages,
};
use futures::{StreamExt, future::join_all};
use reqwest::{Client, header, redirect::Policy};
use socket::{Incoming, Options, Socket};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    net::TcpListener,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};
use uuid::Uuid;

const PASSWORD: &str = "hubbub demo";

/// Kinds of searches, and one of that kind.
type Kind = (&'static str, fn(&Language, &mut Chance) -> String);

const KINDS: [Kind; 8] = [
    ("a word, by frequency", |language, chance| language.said(chance).to_owned()),
    ("any word", |language, chance| language.any(chance).to_owned()),
    ("two words, by frequency", |language, chance| format!("{} {}", language.said(chance), language.said(chance))),
    ("two words, any", |language, chance| format!("{} {}", language.any(chance), language.any(chance))),
    ("part of a word", |language, chance| {
        let word = language.any(chance);
        word.get(1..).filter(|rest| rest.len() > 2).unwrap_or(word).to_owned()
    }),
    ("the first two letters of a word", |language, chance| language.said(chance).chars().take(2).collect()),
    ("a phrase", |language, chance| format!("\"{} {}\"", language.said(chance), language.said(chance))),
    ("a word of one person in one month", |language, chance| {
        let (year, month) = (2024 + chance.below(2), 1 + chance.below(11));
        format!("{} from:grace after:{year}-{month:02}-01 before:{year}-{:02}-01", language.said(chance), month + 1)
    }),
];

pub async fn measure(plan: &Plan, folder: &Path) -> anyhow::Result<()> {
    let server = Server::start(plan, folder).await?;
    let indexed = server.is_indexed(folder).await?;
    let ada = server.sign_in("ada").await?;
    let outsider = server.sign_in(OUTSIDER).await?;
    println!("| what | p50 | p95 | p99 |\n|---|---|---|---|");
    let (mut all, mut searches) = (Vec::new(), Searches::new());
    for (who, person) in [("", &ada), (", member of one small room", &outsider)] {
        let socket = person.connect().await?;
        for (kind, query) in KINDS {
            let times = searches.timed(&socket, plan.searches, query).await?;
            print_row(&format!("{kind}{who}"), &times);
            all.extend(times);
        }
    }
    print_row("**all searches**", &all);
    opening(&ada, folder).await?;
    posting(&server, &ada, folder).await?;
    let size = |name: &str| std::fs::metadata(folder.join(name)).map_or(0, |file| file.len()) / 1_000_000;
    eprintln!("archive: hubbub.db {} MB, search.db {} MB; {indexed}", size("hubbub.db"), size("search.db"));
    Ok(())
}

struct Searches {
    language: Language,
    chance: Chance,
}

impl Searches {
    fn new() -> Self {
        Self { language: Language::new(), chance: Chance(0xC0FFEE) }
    }

    /// Some searches of a kind, one after the other.
    async fn timed(
        &mut self,
        socket: &Socket,
        count: usize,
        query: fn(&Language, &mut Chance) -> String,
    ) -> anyhow::Result<Vec<Duration>> {
        let mut times = Vec::new();
        for _ in 0..count {
            let query = query(&self.language, &mut self.chance);
            let begun = Instant::now();
            ask(socket, SearchMessages { query, ..SearchMessages::default() }).await?;
            times.push(begun.elapsed());
        }
        Ok(times)
    }
}

/// The big room: the page that the server draws, and what its commands take.
async fn opening(ada: &Person, folder: &Path) -> anyhow::Result<()> {
    let mut db =
        SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(folder.join("hubbub.db"))).await?;
    let (room, last): (Uuid, i64) =
        sqlx::query_as("SELECT id, last_seq FROM rooms WHERE name = $1").bind(BIG).fetch_one(&mut db).await?;
    let room = RoomId(room);
    let (mut newest, mut middle, mut nothing) = (Vec::new(), Vec::new(), Vec::new());
    for turn in 0..100 {
        newest.push(ada.visit(&format!("/rooms/{room}")).await?);
        middle.push(ada.visit(&format!("/rooms/{room}/{}", 1 + last * turn / 100)).await?);
        nothing.push(ada.visit("/health").await?);
    }
    print_row("the big room's page, rendered by the server", &newest);
    print_row("the same, from a link to any of its messages", &middle);
    print_row("`/health`, beside it", &nothing);
    let socket = ada.connect().await?;
    let (mut opened, mut around, mut at) = (Vec::new(), Vec::new(), Vec::new());
    for turn in 0..100 {
        let begun = Instant::now();
        ask(&socket, OpenRoom { room }).await?;
        opened.push(begun.elapsed());
        let begun = Instant::now();
        ask(&socket, ReadAround { room, spot: Spot::Seq(1 + last * turn / 100) }).await?;
        around.push(begun.elapsed());
        let begun = Instant::now();
        ask(&socket, ReadAround { room, spot: Spot::At(moment(turn)) }).await?;
        at.push(begun.elapsed());
    }
    print_row("`room:open`", &opened);
    print_row("`message:around` a `seq`", &around);
    print_row("`message:around` a time", &at);
    Ok(())
}

/// What posting costs the server's process, with the index that follows: fifty at a time.
async fn posting(server: &Server, ada: &Person, folder: &Path) -> anyhow::Result<()> {
    const POSTS: usize = 20_000;
    let mut db =
        SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(folder.join("hubbub.db"))).await?;
    let room: Uuid = sqlx::query_scalar("SELECT id FROM rooms WHERE name = $1").bind(BIG).fetch_one(&mut db).await?;
    let (language, mut chance) = (Language::new(), Chance(7));
    let socket = ada.connect().await?;
    let cpu = || server.cpu_time();
    let (before, begun) = (cpu(), Instant::now());
    for _ in 0..POSTS / 50 {
        let posts = (0..50).map(|_| {
            let text = language.sentence(&mut chance);
            ask(&socket, PostMessage::new(RoomId(room), text))
        });
        for posted in join_all(posts.collect::<Vec<_>>()).await {
            posted?;
        }
    }
    let posted = begun.elapsed();
    let while_posting = cpu() - before;
    server.is_indexed(folder).await?;
    let with_indexing = cpu() - before;
    eprintln!(
        "archive: {POSTS} posts, {:.0} per second; CPU {:.0} µs each until the last one was acknowledged, {:.0} µs until all were in the index, {:.1} s later",
        POSTS as f64 / posted.as_secs_f64(),
        while_posting.as_micros() as f64 / POSTS as f64,
        with_indexing.as_micros() as f64 / POSTS as f64,
        (begun.elapsed() - posted).as_secs_f64(),
    );
    Ok(())
}

struct Server {
    port: u16,
    pid: u32,
    _child: tokio::process::Child,
}

impl Server {
    async fn start(plan: &Plan, folder: &Path) -> anyhow::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = tokio::process::Command::new(&plan.server);
        command.args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"]).arg(folder);
        command
            .env("HUBBUB_RATE", "1000")
            .env("HUBBUB_LOG", "warn")
            .env_remove("LEPTOS_SITE_ROOT")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let child = command.kill_on_drop(true).spawn().context("cannot start the server")?;
        let pid = child.id().context("the server has ended")?;
        let begun = Instant::now();
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            if begun.elapsed() > Duration::from_secs(60) {
                bail!("the server does not listen");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(Self { port, pid, _child: child })
    }

    /// Waits until the index has all that is in the logs; says how long that took.
    async fn is_indexed(&self, folder: &Path) -> anyhow::Result<String> {
        let begun = Instant::now();
        let options = SqliteConnectOptions::new().filename(folder.join("search.db")).read_only(true);
        let mut index = SqliteConnection::connect_with(&options).await?;
        let options = SqliteConnectOptions::new().filename(folder.join("hubbub.db")).read_only(true);
        let mut db = SqliteConnection::connect_with(&options).await?;
        loop {
            let all: i64 = sqlx::query_scalar("SELECT sum(last_seq) FROM rooms").fetch_one(&mut db).await?;
            let there: Option<i64> = sqlx::query_scalar("SELECT sum(seq) FROM names").fetch_one(&mut index).await?;
            if there.unwrap_or_default() >= all {
                return Ok(format!("the index was there after {:.0} s", begun.elapsed().as_secs_f64()));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn sign_in(&self, handle: &str) -> anyhow::Result<Person> {
        let http = Client::builder().redirect(Policy::none()).build()?;
        let form = [("handle", handle), ("password", PASSWORD)];
        let answer = http.post(format!("http://127.0.0.1:{}/session", self.port)).form(&form).send().await?;
        let cookie = answer.headers().get(header::SET_COOKIE).and_then(|value| value.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next()).context("no session")?;
        Ok(Person { http, port: self.port, cookie: cookie.to_owned() })
    }

    /// CPU time of its process so far.
    fn cpu_time(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid)).unwrap_or_default();
        let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let fields = after_name.split_whitespace().skip(11).take(2);
        Duration::from_millis(fields.filter_map(|field| field.parse::<u64>().ok()).sum::<u64>() * 10)
    }
}

struct Person {
    http: Client,
    port: u16,
    cookie: String,
}

impl Person {
    /// How long a page takes, to its last byte.
    async fn visit(&self, path: &str) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        let request =
            self.http.get(format!("http://127.0.0.1:{}{path}", self.port)).header(header::COOKIE, &self.cookie);
        let answer = request.send().await?.error_for_status()?;
        answer.bytes().await?;
        Ok(begun.elapsed())
    }

    async fn connect(&self) -> anyhow::Result<Socket> {
        let token = self.cookie.split_once('=').context("a cookie has a value")?.1;
        let options = Options::new(format!("ws://127.0.0.1:{}", self.port), "/chat");
        let (socket, mut incomings) = socket::native::connect(options.auth(serde_json::json!({ "token": token })));
        match incomings.next().await {
            Some(Incoming::Connected { .. }) => {}
            other => bail!("not connected: {other:?}"),
        }
        tokio::spawn(async move { while incomings.next().await.is_some() {} });
        Ok(socket)
    }
}

async fn ask<C: Command>(socket: &Socket, command: C) -> anyhow::Result<C::Reply> {
    let reply = socket.request(C::NAME, vec![serde_json::to_value(command)?]).await?;
    let answer: Answer<C::Reply> = serde_json::from_value(reply.args.into_iter().next().context("no answer")?)?;
    Ok(Result::from(answer)?)
}

/// A moment within the archive's three years.
fn moment(percent: i64) -> i64 {
    END - THREE_YEARS + percent * THREE_YEARS / 100
}

fn print_row(what: &str, times: &[Duration]) {
    let mut sorted = times.to_vec();
    sorted.sort();
    let at = |share: f64| {
        let place = (sorted.len() as f64 * share) as usize;
        sorted.get(place.min(sorted.len().saturating_sub(1))).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    println!("| {what} | {:.1} ms | {:.1} ms | {:.1} ms |", at(0.5), at(0.95), at(0.99));
}
