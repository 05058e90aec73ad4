//! Everything that the server tells clients unasked, a method each, with its audience in its name
//! or first argument. Called only after the commit that made it true: what transactions announce
//! comes here in the order of the log, one after the other.

mod batches;
mod guests;
mod packings;

use crate::{
    admin, bot,
    connections::{Connection, Seat},
    db::{Committed, Db, News},
    metrics::Metrics,
    namespaces::handshake,
    presence::Presence,
    previews::Previews,
    push::Pushes,
    receipts::{self, Receipts, Telling},
    rooms,
};
use batches::{Told, batches};
use common::{
    Code, Millis, PersonId, ProgramId, RoomId, ServerEvent,
    announcements::{Announcement, Audience},
    blocks::PersonBlocked,
    connections::{ServerStopping, SessionEnded},
    console::{TICK, Tick},
    events::BATCH,
    presence::PresenceChanged,
    rooms::{RoomRemoved, RoomStarred},
    saved::SavedMoved,
    typing::TypingChanged,
};
use packings::Packings;
use serde_json::Value;
use socketioxide::{BroadcastError, SocketIo, extract::SocketRef, operators::BroadcastOperators};
use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// How long it is quiet about who comes and goes after that was told, for each connection there is.
const REST_PER_CONNECTION: Duration = Duration::from_micros(500);

/// How long it is quiet about who has read how far after that was told.
const REST_OF_READERS: Duration = Duration::from_millis(500);

/// After a stop, clients come back within this time at least, and within this for each of them: a
/// server lets some thousands in per second.
const RETURN_AT_LEAST: Duration = Duration::from_secs(1);
const RETURN_PER_CONNECTION: Duration = Duration::from_micros(500);

/// Commits that are told of together, at most.
const TOLD_TOGETHER: usize = 64;

/// Telling puts an event into the queues of its audience; writing them out takes so many times as long.
const WRITING_IN_TELLINGS: u32 = 20;
const SHORTEST_REST: Duration = Duration::from_millis(2);
const LONGEST_REST: Duration = Duration::from_millis(20);

/// The namespaces whose connections hear announcements.
const ANNOUNCED_IN: &[&str] = &[CHAT, admin::PATH, bot::PATH, "/lobby", "/lobby/garden"];

/// Whether announcements are heard in a namespace.
pub fn hears_announcements(namespace: &str) -> bool {
    ANNOUNCED_IN.contains(&namespace)
}

/// The namespace that members' clients connect to.
pub const CHAT: &str = "/chat";

/// The Socket.IO rooms that connections are in.
pub mod audience {
    use common::{PersonId, ProgramId, RoomId};

    /// All connections. Not the whole namespace: that has connections in it which have not been told
    /// yet that they are in.
    pub const EVERYONE: &str = "everyone";

    /// Connections of those who know of everyone, and of guests, who do not.
    pub const MEMBERS: &str = "members";
    pub const GUESTS: &str = "guests";

    /// Connections that take several events in one packet, and those that do not.
    pub const BATCH: &str = "batch";
    pub const SINGLE: &str = "single";

    /// The members of a room.
    pub fn room(id: RoomId) -> String {
        format!("room:{id}")
    }

    /// All devices of one person.
    pub fn person(id: PersonId) -> String {
        format!("person:{id}")
    }

    /// All connections of one program.
    pub fn program(id: ProgramId) -> String {
        format!("program:{id}")
    }

    /// All connections of one session. The key is not the token, nor its hash.
    pub fn session(key: &str) -> String {
        format!("session:{key}")
    }
}

/// How a connection takes events: one in each packet, or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    Single,
    Batch,
}

impl Packing {
    pub fn audience(self) -> &'static str {
        match self {
            Packing::Single => audience::SINGLE,
            Packing::Batch => audience::BATCH,
        }
    }
}

#[derive(Clone)]
pub struct Broadcasts {
    io: SocketIo,
    connections: Arc<Packings>,
    metrics: Arc<Metrics>,
    /// Counted up before each change of who belongs to an audience.
    audience_changes: Arc<AtomicU64>,
}

impl Broadcasts {
    pub fn new(io: SocketIo, metrics: Arc<Metrics>) -> Self {
        Self { io, connections: Arc::default(), metrics, audience_changes: Arc::default() }
    }

    /// How often people have come into audiences or left them. A connection that saw the same number
    /// before it looked up where it belongs and after it went there has missed nothing.
    pub fn audience_changes(&self) -> u64 {
        self.audience_changes.load(Ordering::SeqCst)
    }

    /// The chat, to change who belongs to an audience.
    fn changing_audiences(&self) -> Option<BroadcastOperators> {
        self.audience_changes.fetch_add(1, Ordering::SeqCst);
        self.io.of(CHAT)
    }

    /// Announces what commits have to tell, in the order of the log, until the database is closed.
    /// After a large audience was told, others that come meanwhile are told together: a connection
    /// writes all that waits for it at once, and writing is what costs.
    pub async fn announce_all(
        self,
        db: Db,
        mut committed: Committed,
        pushes: Pushes,
        previews: Previews,
        presence: Presence,
    ) {
        let mut commits = Vec::new();
        while committed.recv_many(&mut commits, TOLD_TOGETHER).await > 0 {
            // Acknowledgements go first: one step to answer, one to write. A room of 1,000 takes some
            // milliseconds, in which nothing else runs on this core.
            for _ in 0..2 {
                tokio::task::yield_now().await;
            }
            let begun = Instant::now();
            let (own, all): (Vec<News>, Vec<News>) = commits.drain(..).flatten().partition(|news| news.only.is_some());
            for News { event, .. } in &all {
                pushes.note(event);
                previews.note(event);
            }
            for told in batches(all.into_iter().map(|news| news.event)) {
                match told {
                    Told::InRoom(room, events) => self.tell_room(room, events).await,
                    Told::Else(event) => self.announce(&db, &presence, *event).await,
                }
            }
            // These say which events they know of.
            for News { event, only } in own {
                if let Some(person) = only {
                    self.send(|chat| chat.to(audience::person(person)), event).await;
                }
            }
            let rest = (begun.elapsed() * WRITING_IN_TELLINGS).min(LONGEST_REST);
            if rest > SHORTEST_REST {
                tokio::time::sleep(rest).await;
            }
        }
    }

    async fn announce(&self, db: &Db, presence: &Presence, event: ServerEvent) {
        match &event {
            ServerEvent::PersonChanged(person) => {
                let guests = self.guests_who_know(db, &[person.id]).await.into_keys();
                let to: Vec<String> = guests.chain([person.id]).map(audience::person).collect();
                self.send(|chat| chat.to(audience::MEMBERS).to(to.clone()), event).await;
            }
            ServerEvent::MemberJoined(joined) => {
                let (room, person) = (joined.room, joined.person);
                self.let_in(db, presence, person, room).await;
                self.introduce(db, presence, person, room).await;
                self.send(|chat| chat.to(audience::room(room)), event).await;
            }
            ServerEvent::MemberLeft(left) => {
                let (room, person) = (left.room, left.person);
                self.exit(person, room).await;
                let removed = ServerEvent::RoomRemoved(RoomRemoved { room });
                self.send(|chat| chat.to(audience::person(person)), removed).await;
                self.send(|chat| chat.to(audience::room(room)), event).await;
            }
            _ => tracing::error!(event = event.name(), "no audience is known for this event"),
        }
    }

    /// Tells a room's members of events in it.
    async fn tell_room(&self, room: RoomId, events: Vec<ServerEvent>) {
        self.tell(|chat| chat.to(audience::room(room)), events).await;
    }

    /// Tells an audience of events, in order: each by itself, or all in one packet.
    async fn tell(&self, to: impl Fn(BroadcastOperators) -> BroadcastOperators, events: Vec<ServerEvent>) {
        if events.len() > 1 && self.connections.are_any(Packing::Batch) {
            let batch = ServerEvent::batch(&events);
            self.send_payload(|chat| to(chat).except(audience::SINGLE), BATCH, batch).await;
            if self.connections.are_any(Packing::Single) {
                for event in events {
                    self.send(|chat| to(chat).except(audience::BATCH), event).await;
                }
            }
            return;
        }
        for event in events {
            self.send(&to, event).await;
        }
    }

    /// A connection is in its audiences.
    pub fn arrived(&self, packing: Packing) {
        self.connections.of(packing).fetch_add(1, Ordering::SeqCst);
    }

    /// A connection that had arrived has gone.
    pub fn departed(&self, packing: Packing) {
        self.connections.of(packing).fetch_sub(1, Ordering::SeqCst);
    }

    /// Brings a newcomer's devices into the room's audience and gives them the room as it stands
    /// then. In this order: what is posted meanwhile reaches them live, in the summary, or both.
    async fn let_in(&self, db: &Db, presence: &Presence, person: PersonId, room: RoomId) {
        self.enter(person, room).await;
        self.introduce_room(db, presence, person, room).await;
        match rooms::store::summary(db, person, room).await {
            Ok(summary) => {
                let added = ServerEvent::RoomAdded(summary);
                self.send(|chat| chat.to(audience::person(person)), added).await;
            }
            // They have left already, or the database is gone; their next snapshot tells.
            Err(error) => tracing::debug!(refusal = %error.into_refusal(), "a newcomer could not be told of a room"),
        }
    }

    /// To the person's own devices.
    pub async fn person_blocked(&self, person: PersonId, blocked: PersonBlocked) {
        self.send(|chat| chat.to(audience::person(person)), ServerEvent::PersonBlocked(blocked)).await;
    }

    /// Tells the members of small rooms how far the others have read, for as long as the server runs:
    /// of all who have read meanwhile together, with a rest after each telling. Not told are those who
    /// hide how far they have read themselves.
    pub async fn announce_readers(self, db: Db, receipts: Receipts) {
        loop {
            for (room, moved) in receipts.changed().await {
                match receipts::to_tell(&db, room, &moved).await {
                    Ok(Some(Telling { moved, not_to })) => {
                        let not_to: Vec<String> = not_to.into_iter().map(audience::person).collect();
                        let to = |chat: BroadcastOperators| chat.to(audience::room(room)).except(not_to.clone());
                        self.send(to, ServerEvent::ReadersMoved(moved)).await;
                    }
                    Ok(None) => {}
                    Err(error) => drop(error.into_refusal()),
                }
            }
            tokio::time::sleep(REST_OF_READERS).await;
        }
    }

    /// To the person's own devices.
    pub async fn room_starred(&self, person: PersonId, starred: RoomStarred) {
        self.send(|chat| chat.to(audience::person(person)), ServerEvent::RoomStarred(starred)).await;
    }

    /// To the person's own devices.
    pub async fn saved_added(&self, person: PersonId, moved: SavedMoved) {
        self.send(|chat| chat.to(audience::person(person)), ServerEvent::SavedAdded(moved)).await;
    }

    /// To the person's own devices.
    pub async fn saved_removed(&self, person: PersonId, moved: SavedMoved) {
        self.send(|chat| chat.to(audience::person(person)), ServerEvent::SavedRemoved(moved)).await;
    }

    /// To everyone in the room but the one who types.
    pub async fn typing_changed(&self, changed: TypingChanged) {
        let (room, person) = (audience::room(changed.room), audience::person(changed.person));
        self.send(|chat| chat.to(room.clone()).except(person.clone()), ServerEvent::TypingChanged(changed)).await;
    }

    /// Tells everyone who comes and goes, and guests of those they know of, for as long as the server runs.
    /// When many do, as after a restart, it is told less often and of more people at once: each telling is
    /// followed by a rest of some forty times what it costs, or a thousand arrivals would cost a million
    /// deliveries.
    pub async fn announce_presence(self, db: Db, presence: Presence) {
        loop {
            let people = presence.changed().await;
            self.tell_guests_of_presence(&db, &people).await;
            let changed = ServerEvent::PresenceChanged(PresenceChanged { people });
            self.send(|chat| chat.to(audience::MEMBERS), changed).await;
            tokio::time::sleep(REST_PER_CONNECTION * presence.connections()).await;
        }
    }

    /// To everyone, before their connections are closed.
    pub async fn server_stopping(&self, connections: u32) {
        let return_within = RETURN_AT_LEAST.max(RETURN_PER_CONNECTION * connections);
        let stopping = ServerStopping { return_within: return_within.as_millis().try_into().unwrap_or(Millis::MAX) };
        self.send(|chat| chat.to(audience::EVERYONE), ServerEvent::ServerStopping(stopping)).await;
    }

    /// To the session's connections, which are closed then.
    pub async fn session_ended(&self, session: &str, ended: SessionEnded) {
        self.send(|chat| chat.to(audience::session(session)), ServerEvent::SessionEnded(ended)).await;
        self.audience_changes.fetch_add(1, Ordering::SeqCst);
        for namespace in [CHAT, admin::PATH] {
            self.disconnect(namespace, audience::session(session), "session ended");
        }
    }

    /// To those who look at the console.
    pub async fn console_tick(&self, tick: &Tick) {
        self.emit(admin::PATH, |admins| admins, TICK, serde_json::to_value(tick)).await;
    }

    /// To everyone, a room's members, or a namespace; returns how many connections that are.
    pub async fn announced(&self, to: &Audience, announcement: Announcement) -> u32 {
        let event = ServerEvent::Announced(announcement);
        let (namespaces, in_chat) = match to {
            Audience::Everyone => (ANNOUNCED_IN.to_vec(), audience::EVERYONE.to_owned()),
            Audience::Room(room) => (vec![CHAT], audience::room(*room)),
            Audience::Namespace(name) => (vec![name.as_str()], audience::EVERYONE.to_owned()),
        };
        self.metrics.told(event.name());
        // One connection may be in several namespaces.
        let mut told = HashSet::new();
        for namespace in namespaces {
            let to = |all: BroadcastOperators| if namespace == CHAT { all.to(in_chat.clone()) } else { all };
            let sockets = self.io.of(namespace).map(|all| to(all).sockets()).unwrap_or_default();
            told.extend(sockets.iter().map(|socket| socket.id));
            self.emit(namespace, to, event.name(), event.payload()).await;
        }
        u32::try_from(told.len()).unwrap_or(u32::MAX)
    }

    /// Closes the connections of somebody, so that they come back with what they may do now. Consoles are
    /// sent away behind what they were told before: one may have asked for this itself.
    pub async fn reconnect_person(&self, person: PersonId) {
        let why = "role changed";
        self.disconnect(admin::PATH, audience::person(person), why);
        let Some(chat) = self.changing_audiences() else { return };
        for socket in chat.to(audience::person(person)).sockets() {
            close(&socket, why);
        }
    }

    /// To somebody's connections, which are closed then: their sessions have been ended.
    pub async fn person_signed_out(&self, person: PersonId) {
        self.person_ended(person, Code::SessionExpired, "signed out").await;
    }

    /// The same for somebody whose account is switched off.
    pub async fn person_deactivated(&self, person: PersonId) {
        self.person_ended(person, Code::Deactivated, "account switched off").await;
    }

    /// The same for somebody who is banned.
    pub async fn person_banned(&self, person: PersonId) {
        self.person_ended(person, Code::Banned, "banned").await;
    }

    async fn person_ended(&self, person: PersonId, code: Code, why: &'static str) {
        let ended = ServerEvent::SessionEnded(SessionEnded { refusal: code.into() });
        self.send(|chat| chat.to(audience::person(person)), ended).await;
        self.audience_changes.fetch_add(1, Ordering::SeqCst);
        for namespace in [CHAT, admin::PATH] {
            self.disconnect(namespace, audience::person(person), why);
        }
    }

    /// Closes the connections of a program whose token was taken back or has ended.
    pub async fn program_revoked(&self, program: ProgramId) {
        let ended = ServerEvent::SessionEnded(SessionEnded { refusal: Code::WrongToken.into() });
        let its_own = |bots: BroadcastOperators| bots.to(audience::program(program));
        self.emit(bot::PATH, its_own, ended.name(), ended.payload()).await;
        self.disconnect(bot::PATH, audience::program(program), "token not valid any more");
    }

    fn disconnect(&self, namespace: &str, audience: String, why: &'static str) {
        let Some(all) = self.io.of(namespace) else { return };
        for socket in all.to(audience).sockets() {
            send_away(socket, why);
        }
    }

    /// Closes one connection, in all its namespaces.
    pub fn close(&self, connection: &Connection) {
        let why = "disconnected by an admin";
        connection.ends_for(why);
        connection.transport.hang_up();
        if connection.transport.began_as_websocket() {
            return;
        }
        for namespace in connection.namespaces() {
            let socket = self.io.of(namespace).and_then(|sockets| sockets.get_socket(connection.sid()));
            if let Some(socket) = socket {
                close(&socket, why);
            }
        }
    }

    /// How many rooms' events a connection hears.
    pub fn rooms_of(&self, connection: &Connection) -> u32 {
        let socket = self.io.of(CHAT).and_then(|chat| chat.get_socket(connection.sid()));
        let rooms = socket.map(|socket| socket.rooms()).unwrap_or_default();
        u32::try_from(rooms.iter().filter(|room| room.starts_with("room:")).count()).unwrap_or(u32::MAX)
    }

    /// Brings a person's devices into a room's audience.
    async fn enter(&self, person: PersonId, room: RoomId) {
        let Some(chat) = self.changing_audiences() else { return };
        let Ok(()) = chat.to(audience::person(person)).join(audience::room(room)).await;
    }

    async fn exit(&self, person: PersonId, room: RoomId) {
        let Some(chat) = self.changing_audiences() else { return };
        let Ok(()) = chat.to(audience::person(person)).leave(audience::room(room)).await;
    }

    async fn send(&self, to: impl Fn(BroadcastOperators) -> BroadcastOperators, event: ServerEvent) {
        self.send_payload(to, event.name(), event.payload()).await;
    }

    async fn send_payload(
        &self,
        to: impl Fn(BroadcastOperators) -> BroadcastOperators,
        name: &'static str,
        payload: serde_json::Result<Value>,
    ) {
        self.metrics.told(name);
        self.emit(CHAT, to, name, payload).await;
    }

    /// The one place where an emit can fail.
    async fn emit(
        &self,
        namespace: &str,
        to: impl Fn(BroadcastOperators) -> BroadcastOperators,
        name: &'static str,
        payload: serde_json::Result<Value>,
    ) {
        let Some(all) = self.io.of(namespace) else { return };
        let payload = match payload {
            Ok(payload) => payload,
            Err(error) => return tracing::error!(%error, event = name, "an event could not be written as JSON"),
        };
        match to(all).emit(name, &payload).await {
            Ok(()) => {}
            Err(BroadcastError::Socket(errors)) => {
                let given_up = self.give_up(namespace, to);
                tracing::warn!(event = name, receivers = errors.len(), given_up, "an event was not taken by all");
            }
            Err(error) => tracing::error!(%error, event = name, "an event could not be sent"),
        }
    }

    /// Closes the connections of an audience that do not take what they are sent; returns how many.
    /// Their queues are full, and this event is not in them. One whose queue was full for another
    /// reason, a server that had no time to write, sees the gap in the room's seq and asks for it.
    fn give_up(&self, namespace: &str, audience: impl Fn(BroadcastOperators) -> BroadcastOperators) -> usize {
        let Some(all) = self.io.of(namespace) else { return 0 };
        let sockets = audience(all).sockets().into_iter();
        let blocked = sockets.filter(|socket| handshake::transport(socket.req_parts()).is_blocked());
        blocked
            .map(|socket| {
                note(&socket, "took nothing any more");
                handshake::transport(socket.req_parts()).hang_up();
            })
            .count()
    }
}

/// Closes a connection as if the network had: its client comes back by itself. One that polls is told to go.
fn close(socket: &SocketRef, why: &'static str) {
    let transport = handshake::transport(socket.req_parts());
    note(socket, why);
    transport.hang_up();
    if !transport.began_as_websocket() {
        send_away(socket.clone(), why);
    }
}

/// Notes why a connection is closed.
fn note(socket: &SocketRef, why: &'static str) {
    if let Some(seat) = socket.extensions.get::<Arc<Seat>>() {
        seat.ends_for(why);
    }
}

/// Has a connection leave a namespace for good. What it has asked and what it will ask is refused, and it hears
/// nothing more, whether or not there is room to tell it so: one that does not read has none.
fn send_away(socket: SocketRef, why: &'static str) {
    if let Some(seat) = socket.extensions.get::<Arc<Seat>>() {
        seat.take_away(why);
    }
    socket.leave_all();
    let transport = handshake::transport(socket.req_parts());
    if let Err(error) = socket.disconnect() {
        tracing::debug!(%error, "a connection that was sent away could not be told");
        transport.hang_up();
    }
}
