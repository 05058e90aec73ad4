//! Publishes events to clients. Each method names its audience in its name or first argument. Call them only
//! after the commit. The relay ([`super::relay`]) publishes events of commits in the order of the log.

use super::{
    audiences::{self, ADMIN, BOT, CHAT},
    connections::{Connection, NamespaceSlot},
    packings::{Packing, Packings},
    under,
};
use crate::operations::metrics::Metrics;
use common::{
    Code, Millis, PersonId, ProgramId, RoomId, ServerEvent,
    announcements::{Announcement, Audience},
    blocks::PersonBlocked,
    connections::{ServerStopping, SessionEnded},
    console::{TICK, Tick},
    events::BATCH,
    rooms::RoomStarred,
    saved::SavedChange,
    typing::TypingChanged,
};
use serde_json::Value;
use socketioxide::{BroadcastError, SocketIo, extract::SocketRef, operators::BroadcastOperators};
use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// Spread of reconnects after a stop: a minimum, and an addition for each client. A server admits some
/// thousands of connections per second.
const RETURN_AT_LEAST: Duration = Duration::from_secs(1);

const RETURN_PER_CONNECTION: Duration = Duration::from_micros(500);

/// The namespaces that receive announcements.
const ANNOUNCED_IN: &[&str] = &[CHAT, ADMIN, BOT, "/lobby", "/lobby/garden"];

/// Whether a namespace receives announcements.
pub fn hears_announcements(namespace: &str) -> bool {
    ANNOUNCED_IN.contains(&namespace)
}

#[derive(Clone)]
pub struct Broadcasts {
    io: SocketIo,
    connections: Arc<Packings>,
    metrics: Arc<Metrics>,
    /// Incremented before each change of an audience.
    audience_changes: Arc<AtomicU64>,
}

impl Broadcasts {
    pub fn new(io: SocketIo, metrics: Arc<Metrics>) -> Self {
        Self { io, connections: Arc::default(), metrics, audience_changes: Arc::default() }
    }

    /// The number of audience changes. If the number is equal before a connection looks up its rooms and after
    /// it joins, the connection has missed nothing.
    pub fn audience_changes(&self) -> u64 {
        self.audience_changes.load(Ordering::SeqCst)
    }

    /// The chat namespace, for changes of audiences.
    fn changing_audiences(&self) -> Option<BroadcastOperators> {
        self.audience_changes.fetch_add(1, Ordering::SeqCst);
        self.io.of(CHAT)
    }

    /// Publishes that a connection has entered its audiences.
    pub fn arrived(&self, packing: Packing) {
        self.connections.of(packing).fetch_add(1, Ordering::SeqCst);
    }

    /// Publishes that an arrived connection has closed.
    pub fn departed(&self, packing: Packing) {
        self.connections.of(packing).fetch_sub(1, Ordering::SeqCst);
    }

    /// To the person's own devices.
    pub async fn person_blocked(&self, person: PersonId, blocked: PersonBlocked) {
        self.publish(|chat| chat.to(audiences::person(person)), ServerEvent::PersonBlocked(blocked)).await;
    }

    /// To the person's own devices.
    pub async fn room_starred(&self, person: PersonId, starred: RoomStarred) {
        self.publish(|chat| chat.to(audiences::person(person)), ServerEvent::RoomStarred(starred)).await;
    }

    /// To the person's own devices.
    pub async fn saved_added(&self, person: PersonId, moved: SavedChange) {
        self.publish(|chat| chat.to(audiences::person(person)), ServerEvent::SavedAdded(moved)).await;
    }

    /// To the person's own devices.
    pub async fn saved_removed(&self, person: PersonId, moved: SavedChange) {
        self.publish(|chat| chat.to(audiences::person(person)), ServerEvent::SavedRemoved(moved)).await;
    }

    /// To everyone in the room except the typing person.
    pub async fn typing_changed(&self, changed: TypingChanged) {
        let (room, person) = (audiences::room(changed.room), audiences::person(changed.person));
        self.publish(|chat| chat.to(room.clone()).except(person.clone()), ServerEvent::TypingChanged(changed)).await;
    }

    /// To everyone, before the server closes their connections.
    pub async fn server_stopping(&self, connections: u32) {
        let return_within = RETURN_AT_LEAST.max(RETURN_PER_CONNECTION * connections);
        let stopping = ServerStopping { return_within: return_within.as_millis().try_into().unwrap_or(Millis::MAX) };
        self.publish(|chat| chat.to(audiences::EVERYONE), ServerEvent::ServerStopping(stopping)).await;
    }

    /// To the session's connections, which the server then closes.
    pub async fn session_ended(&self, session: &str, ended: SessionEnded) {
        self.publish(|chat| chat.to(audiences::session(session)), ServerEvent::SessionEnded(ended)).await;
        self.audience_changes.fetch_add(1, Ordering::SeqCst);
        for namespace in [CHAT, ADMIN] {
            self.disconnect(namespace, audiences::session(session), "session ended");
        }
    }

    /// To open consoles.
    pub async fn console_tick(&self, tick: &Tick) {
        self.emit(ADMIN, |admins| admins, TICK, serde_json::to_value(tick)).await;
    }

    /// To everyone, a room's members, or a namespace; returns the number of receiving connections.
    pub async fn announced(&self, to: &Audience, announcement: Announcement) -> u32 {
        let event = ServerEvent::Announced(announcement);
        let (namespaces, in_chat) = match to {
            Audience::Everyone => (ANNOUNCED_IN.to_vec(), audiences::EVERYONE.to_owned()),
            Audience::Room(room) => (vec![CHAT], audiences::room(*room)),
            Audience::Namespace(name) => (vec![name.as_str()], audiences::EVERYONE.to_owned()),
        };
        self.metrics.published(event.name());
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

    /// Closes a person's connections, so that their clients reconnect with new rights. A console's disconnect
    /// follows its queued packets, because the console may have sent the command itself.
    pub async fn reconnect_person(&self, person: PersonId) {
        let why = "role changed";
        self.disconnect(ADMIN, audiences::person(person), why);
        let Some(chat) = self.changing_audiences() else { return };
        for socket in chat.to(audiences::person(person)).sockets() {
            close(&socket, why);
        }
    }

    /// Publishes that sessions have ended, then closes their connections.
    pub async fn person_signed_out(&self, person: PersonId) {
        self.person_ended(person, Code::SessionExpired, "signed out").await;
    }

    /// Does the same for a deactivated account.
    pub async fn person_deactivated(&self, person: PersonId) {
        self.person_ended(person, Code::Deactivated, "account switched off").await;
    }

    /// Does the same for a banned person.
    pub async fn person_banned(&self, person: PersonId) {
        self.person_ended(person, Code::Banned, "banned").await;
    }

    async fn person_ended(&self, person: PersonId, code: Code, why: &'static str) {
        let ended = ServerEvent::SessionEnded(SessionEnded { refusal: code.into() });
        self.publish(|chat| chat.to(audiences::person(person)), ended).await;
        self.audience_changes.fetch_add(1, Ordering::SeqCst);
        for namespace in [CHAT, ADMIN] {
            self.disconnect(namespace, audiences::person(person), why);
        }
    }

    /// Closes the connections of a program whose token is revoked or expired.
    pub async fn program_revoked(&self, program: ProgramId) {
        let ended = ServerEvent::SessionEnded(SessionEnded { refusal: Code::WrongToken.into() });
        let its_own = |bots: BroadcastOperators| bots.to(audiences::program(program));
        self.emit(BOT, its_own, ended.name(), ended.payload()).await;
        self.disconnect(BOT, audiences::program(program), "token not valid any more");
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

    /// The number of rooms in a connection's audiences.
    pub fn rooms_of(&self, connection: &Connection) -> u32 {
        let socket = self.io.of(CHAT).and_then(|chat| chat.get_socket(connection.sid()));
        let rooms = socket.map(|socket| socket.rooms()).unwrap_or_default();
        u32::try_from(rooms.iter().filter(|room| room.starts_with("room:")).count()).unwrap_or(u32::MAX)
    }

    /// Adds a person's devices to a room's audience.
    pub(super) async fn enter(&self, person: PersonId, room: RoomId) {
        let Some(chat) = self.changing_audiences() else { return };
        let Ok(()) = chat.to(audiences::person(person)).join(audiences::room(room)).await;
    }

    pub(super) async fn exit(&self, person: PersonId, room: RoomId) {
        let Some(chat) = self.changing_audiences() else { return };
        let Ok(()) = chat.to(audiences::person(person)).leave(audiences::room(room)).await;
    }

    /// Publishes events to an audience of the chat in order, each in its own packet or all in one.
    pub(super) async fn publish_all(
        &self,
        to: impl Fn(BroadcastOperators) -> BroadcastOperators,
        events: Vec<ServerEvent>,
    ) {
        if events.len() > 1 && self.connections.are_any(Packing::Batch) {
            self.metrics.published(BATCH);
            let batch = ServerEvent::batch(&events);
            self.emit(CHAT, |chat| to(chat).except(audiences::SINGLE), BATCH, batch).await;
            if self.connections.are_any(Packing::Single) {
                for event in events {
                    self.publish(|chat| to(chat).except(audiences::BATCH), event).await;
                }
            }
            return;
        }
        for event in events {
            self.publish(&to, event).await;
        }
    }

    /// Publishes an event to an audience of the chat.
    pub(super) async fn publish(&self, to: impl Fn(BroadcastOperators) -> BroadcastOperators, event: ServerEvent) {
        self.metrics.published(event.name());
        self.emit(CHAT, to, event.name(), event.payload()).await;
    }

    /// The connections of an audience of the chat.
    pub(super) fn are_any(&self, to: impl Fn(BroadcastOperators) -> BroadcastOperators) -> bool {
        self.io.of(CHAT).is_some_and(|chat| !to(chat).sockets().is_empty())
    }

    /// All emits use this function, so it handles all their errors.
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
                tracing::warn!(
                    event = name,
                    receivers = errors.len(),
                    given_up,
                    "some connections did not take an event"
                );
            }
            Err(error) => tracing::error!(%error, event = name, "an event could not be sent"),
        }
    }

    /// Closes slow connections of an audience; returns their number. Their queues are full and lack this event.
    /// A queue may also be full because the server had no time to write. Such a client sees the gap in the
    /// room's seq and requests the missing events.
    fn give_up(&self, namespace: &str, audience: impl Fn(BroadcastOperators) -> BroadcastOperators) -> usize {
        let Some(all) = self.io.of(namespace) else { return 0 };
        let sockets = audience(all).sockets().into_iter();
        let blocked = sockets.filter(|socket| under::transport(socket.req_parts()).is_blocked());
        blocked
            .map(|socket| {
                note(&socket, "took nothing any more");
                under::transport(socket.req_parts()).hang_up();
            })
            .count()
    }
}

/// Closes a connection like a network failure, so its client reconnects. A polling client receives a disconnect
/// instead.
fn close(socket: &SocketRef, why: &'static str) {
    let transport = under::transport(socket.req_parts());
    note(socket, why);
    transport.hang_up();
    if !transport.began_as_websocket() {
        send_away(socket.clone(), why);
    }
}

/// Records why a connection closes.
fn note(socket: &SocketRef, why: &'static str) {
    if let Some(slot) = socket.extensions.get::<Arc<NamespaceSlot>>() {
        slot.ends_for(why);
    }
}

/// Removes a connection from a namespace for good. The server refuses its waiting and later commands and sends
/// it no more events. A client that does not read has no room in its queue for a farewell.
fn send_away(socket: SocketRef, why: &'static str) {
    if let Some(slot) = socket.extensions.get::<Arc<NamespaceSlot>>() {
        slot.take_away(why);
    }
    socket.leave_all();
    let transport = under::transport(socket.req_parts());
    if let Err(error) = socket.disconnect() {
        tracing::debug!(%error, "a removed connection could not be notified");
        transport.hang_up();
    }
}
