//! The list of rows: what is heard is put where it belongs, and what is too old goes.

use super::{
    frame::{Frame, Reading, Unmasked},
    heard::{Heard, What},
    names::others_here,
    row::{Row, Told, in_words},
    topic::Topic,
};
use crate::state::ChatState;
use common::{
    Answer, Command, MessageId, Refusal, RoomId, ServerEvent,
    events::BATCH,
    json,
    messages::PostMessage,
    secrets::Secrets,
    words::{self, AnyCommand},
};
use litemap::LiteMap;
use serde_json::Value;
use socket::codec::{Body, Packet, Side, engine::EnginePacket};
use std::{collections::VecDeque, sync::Arc};

/// How many rows are kept.
pub const MOST: usize = 500;
/// How many rows are dropped together: every row that leaves at the top moves all rows below it.
const FORGOTTEN: usize = 100;
/// How many bytes of frames are kept, all together.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// How many events of a batch get a sentence each.
const TOLD_ONE_BY_ONE: usize = 3;

/// What they call the client.
const CLIENT: &str = "your browser";

#[derive(Default)]
pub struct Rows {
    rows: VecDeque<Arc<Row>>,
    /// The id of the next row: they have numbers without gaps.
    next: u64,
    bytes: usize,
    /// The row of a heartbeat that was not answered yet.
    heartbeat: Option<u64>,
    /// The row in which it was asked to be let in.
    entry: Option<u64>,
    /// What was asked, by the number on the wire.
    asked: LiteMap<u64, Asked>,
    /// The rows of what was posted and has not come back yet.
    posted: LiteMap<MessageId, u64>,
}

struct Asked {
    row: u64,
    tick: f64,
    command: Option<Box<dyn AnyCommand>>,
}

impl Rows {
    pub fn all(&self) -> impl ExactSizeIterator<Item = &Arc<Row>> {
        self.rows.iter()
    }

    pub fn hear(&mut self, heard: Heard, state: &ChatState) {
        let Heard { what, at, tick } = heard;
        let add = |rows: &mut Self, said: String| rows.add(Row::new(rows.next, at, Topic::Connection, said));
        match what {
            What::Opening => {
                add(self, "Your browser opened a connection that stays open (a WebSocket).".into());
            }
            What::Ended(reason) => {
                let row = add(self, format!("The connection closed: {reason}."));
                self.change(row, |row| row.is_error = true);
                self.give_up();
            }
            What::Waiting(attempt, delay) => {
                let delay = in_words(delay.as_secs_f64() * 1_000.0);
                let row = add(
                    self,
                    format!("There is no connection. Attempt {attempt} to reconnect follows within {delay}."),
                );
                self.change(row, |row| row.is_error = true);
                self.give_up();
            }
            What::Bytes(from, size) => {
                let row =
                    add(self, format!("{} sent {size} bytes that belong to the frame before them.", speaker(from)));
                self.put(row, Frame::of_bytes(from, at, size));
            }
            What::Text(from, text) => {
                let (frame, reading) = Unmasked::read(from, at, text);
                self.read(frame, reading, tick, state);
            }
        }
        self.forget_old();
    }

    fn read(&mut self, frame: Unmasked, reading: Reading, tick: f64, state: &ChatState) {
        let from = frame.from();
        match reading {
            Reading::Upkeep(packet) => self.upkeep(frame.masked(&Secrets::Everything), &packet),
            Reading::Packet(packet) => match (&packet.body, from) {
                (Body::Event { name, args, ack: Some(ack), .. }, Side::Client) => {
                    self.command(frame, *ack, name, args.first(), tick, state);
                }
                (Body::Event { name, args, .. }, Side::Server) => self.news(frame, name, args.first(), state),
                (Body::Ack { id, args, .. }, Side::Server) => self.answer(frame, *id, args.first(), tick, state),
                (Body::Connect(_) | Body::ConnectError { .. }, _) => self.entry(frame, &packet),
                (Body::Disconnect | Body::Event { .. } | Body::Ack { .. }, _) => {
                    let frame = frame.masked(&Secrets::Everything);
                    self.add_frame(frame, Topic::Connection, packet.in_words(from, CLIENT));
                }
            },
            Reading::Unreadable(error) => {
                let said = format!("{} sent something that cannot be read: {error}.", speaker(from));
                let row = self.add_frame(frame.hidden(), Topic::Connection, said);
                self.change(row, |row| row.is_error = true);
            }
        }
    }

    /// Heartbeat and answer make one row.
    fn upkeep(&mut self, frame: Frame, packet: &EnginePacket) {
        let words = packet.in_words(frame.from, CLIENT);
        match packet {
            EnginePacket::Ping(_) => self.heartbeat = Some(self.add_frame(frame, Topic::Heartbeat, words)),
            EnginePacket::Pong(_) => {
                let heartbeat = self.heartbeat.take();
                self.go_on(heartbeat, frame, Topic::Heartbeat, words);
            }
            EnginePacket::Open(_)
            | EnginePacket::Close
            | EnginePacket::Message(_)
            | EnginePacket::Upgrade
            | EnginePacket::Noop => {
                self.add_frame(frame, Topic::Connection, words);
            }
        }
    }

    /// Asking to be let in, and being let in or not, make one row.
    fn entry(&mut self, frame: Unmasked, packet: &Packet) {
        let from = frame.from();
        let mut words = packet.in_words(from, CLIENT);
        let is_error = matches!(packet.body, Body::ConnectError { .. });
        if let Body::ConnectError { message, .. } = &packet.body {
            let refusal = serde_json::from_str(message).ok().and_then(|value| json::read::<Refusal>(value).ok());
            words = format!("{words} {}", refusal.map_or(message.clone(), |refusal| refusal.message));
        }
        let frame = frame.masked(&match &packet.body {
            Body::ConnectError { data, .. } => data.as_ref().map_or(Secrets::none(), Secrets::of),
            _ => Secrets::Everything,
        });
        match from {
            Side::Client => self.entry = Some(self.add_frame(frame, Topic::Connection, words)),
            Side::Server => {
                let row = self.entry.take();
                self.go_on(row, frame, Topic::Connection, words);
                if let Some(row) = row.or(self.next.checked_sub(1)).filter(|_| is_error) {
                    self.change(row, |row| row.is_error = true);
                }
            }
        }
    }

    fn command(
        &mut self,
        frame: Unmasked,
        ack: u64,
        name: &str,
        payload: Option<&Value>,
        tick: f64,
        state: &ChatState,
    ) {
        let payload = payload.cloned().unwrap_or_default();
        let (command, secrets) = Secrets::noted(|| words::read_command(name, payload.clone()).ok().flatten());
        let frame = frame.masked(if command.is_some() { &secrets } else { &Secrets::Everything });
        let said = match &command {
            Some(command) => command.asked(state),
            None => format!("Your browser sent “{name}”."),
        };
        let row = self.add_frame(frame, Topic::of(name), said);
        self.change(row, |row| row.names = name.to_owned());
        if name == PostMessage::NAME
            && let Ok(post) = json::read::<PostMessage>(payload)
        {
            self.posted.insert(post.id, row);
        }
        self.asked.insert(ack, Asked { row, tick, command });
    }

    fn answer(&mut self, frame: Unmasked, id: u64, answer: Option<&Value>, tick: f64, state: &ChatState) {
        let Some(Asked { row, tick: before, command }) = self.asked.remove(&id) else {
            let said = format!("The server answered question {id}, which was asked before this list begins.");
            self.add_frame(frame.masked(&Secrets::Everything), Topic::Else, said);
            return;
        };
        let answer = json::read::<Answer<Value>>(answer.cloned().unwrap_or_default());
        let (done, is_error, secrets) = match (answer, command) {
            (Ok(Answer::Refusal(refusal)), _) => (format!("refused: {}", refusal.message), true, Secrets::none()),
            (Ok(Answer::Ok(reply)), Some(command)) => match Secrets::noted(|| command.answered(reply, state)) {
                (Ok(done), secrets) => (done, false, secrets),
                (Err(_), _) => ("gave an answer that this version does not know".into(), false, Secrets::Everything),
            },
            (Ok(Answer::Ok(_)), None) => ("answered".into(), false, Secrets::Everything),
            (Err(_), _) => ("gave an answer that cannot be read".into(), true, Secrets::Everything),
        };
        self.put(row, frame.masked(&secrets));
        self.change(row, |row| {
            row.done = Some((in_words(tick - before), done));
            row.is_error |= is_error;
        });
    }

    fn news(&mut self, frame: Unmasked, name: &str, payload: Option<&Value>, state: &ChatState) {
        let (read, secrets) = Secrets::noted(|| ServerEvent::read_all(name, payload.cloned().unwrap_or_default()));
        let events: Vec<Option<ServerEvent>> = read.into_iter().map(|read| read.ok().flatten()).collect();
        let is_known = events.iter().all(Option::is_some);
        let frame = frame.masked(if is_known { &secrets } else { &Secrets::Everything });
        let come_back = events.iter().filter_map(|event| self.come_back(event.as_ref()?, state)).last();
        if let ([_], Some(row)) = (events.as_slice(), come_back) {
            return self.put(row, frame);
        }
        let names: Vec<&str> = events.iter().map(|event| event.as_ref().map_or(name, |event| event.name())).collect();
        let topic = names.first().map_or(Topic::Else, |name| Topic::of(name));
        let is_error = events.iter().any(|event| matches!(event, Some(ServerEvent::SessionEnded(_))));
        let row = self.add_frame(frame, topic, said_together(&events, name, state));
        self.change(row, |row| {
            row.names = names.join(" ");
            row.is_error = is_error;
        });
    }

    /// What was posted here has come back from the server, so everyone in the room has been told: the row
    /// in which it was posted.
    fn come_back(&mut self, event: &ServerEvent, state: &ChatState) -> Option<u64> {
        let ServerEvent::MessagePosted(message) = event else { return None };
        let row = self.posted.remove(&message.id)?;
        let told = told(state, message.room);
        self.change(row, |row| row.told = Some(told));
        self.find(row).map(|_| row)
    }

    /// What was under way when the connection ended will not be answered on it any more.
    fn give_up(&mut self) {
        for (_, Asked { row, .. }) in std::mem::take(&mut self.asked) {
            self.change(row, |row| {
                row.end = " The connection ended before the answer came.";
                row.is_error = true;
            });
        }
        self.posted = LiteMap::new();
        (self.heartbeat, self.entry) = (None, None);
    }

    /// Adds a row, and returns its id.
    fn add(&mut self, row: Row) -> u64 {
        let id = row.id;
        self.next += 1;
        self.rows.push_back(Arc::new(row));
        id
    }

    fn add_frame(&mut self, frame: Frame, topic: Topic, said: String) -> u64 {
        let row = self.add(Row::new(self.next, frame.at, topic, said));
        self.put(row, frame);
        row
    }

    /// Puts a frame into the row that it goes on with, if that is here, or else into one of its own.
    fn go_on(&mut self, row: Option<u64>, frame: Frame, topic: Topic, words: String) {
        match row.filter(|row| self.find(*row).is_some()) {
            None => {
                self.add_frame(frame, topic, words);
            }
            Some(row) => {
                self.put(row, frame);
                self.change(row, |row| row.said = format!("{} {words}", row.said));
            }
        }
    }

    fn put(&mut self, row: u64, frame: Frame) {
        let weight = frame.text.len();
        if self.find(row).is_some() {
            self.bytes += weight;
            self.change(row, |row| row.frames.push(frame));
        }
    }

    fn change(&mut self, row: u64, change: impl FnOnce(&mut Row)) {
        if let Some(place) = self.find(row) {
            change(Arc::make_mut(&mut self.rows[place]));
        }
    }

    /// The place of a row, if it was not forgotten.
    fn find(&self, row: u64) -> Option<usize> {
        let first = self.rows.front()?.id;
        let place = usize::try_from(row.checked_sub(first)?).ok()?;
        (place < self.rows.len()).then_some(place)
    }

    fn forget_old(&mut self) {
        let mut too_many = if self.rows.len() > MOST { FORGOTTEN } else { 0 };
        while too_many > 0 || (self.bytes > MOST_BYTES && self.rows.len() > 1) {
            let Some(row) = self.rows.pop_front() else { return };
            self.bytes -= row.weight();
            too_many = too_many.saturating_sub(1);
        }
        // A request that is still unanswered after this many rows is given up.
        let first = self.rows.front().map_or(0, |row| row.id);
        self.asked.retain(|_, asked| asked.row >= first);
        self.posted.retain(|_, row| *row >= first);
    }
}

fn speaker(from: Side) -> &'static str {
    match from {
        Side::Client => "Your browser",
        Side::Server => "The server",
    }
}

fn told(state: &ChatState, room: RoomId) -> Told {
    others_here(state, room).map_or(Told::Room, Told::Others)
}

/// What several events say that came in one frame.
fn said_together(events: &[Option<ServerEvent>], name: &str, state: &ChatState) -> String {
    let told_apart = if events.len() > TOLD_ONE_BY_ONE + 1 { TOLD_ONE_BY_ONE } else { events.len() };
    let in_words = |event: &Option<ServerEvent>| match event {
        Some(event) => event.in_words(state),
        None if name == BATCH => "The server told something that this version does not know.".into(),
        None => format!("The server sent “{name}”, which this version does not know."),
    };
    let mut sentences: Vec<String> = events.iter().take(told_apart).map(in_words).collect();
    if events.len() > told_apart {
        sentences.push(format!("And {} more in the same frame.", events.len() - told_apart));
    }
    if sentences.is_empty() { "The server told nothing.".into() } else { sentences.join(" ") }
}
