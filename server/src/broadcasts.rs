//! Everything that the server tells clients unasked, a method each, with its audience in its name
//! or first argument. Called only after the commit that made it true.

use common::{
    PersonId, RoomId, ServerEvent,
    connections::{ConnectionClosed, ConnectionOpened, SessionEnded},
    messages::Message,
    people::Person,
    reading::ReadMoved,
    rooms::{MemberJoined, MemberLeft, RoomRemoved, RoomSummary},
    typing::TypingChanged,
};
use socketioxide::{BroadcastError, SocketIo, extract::SocketRef, operators::BroadcastOperators};

/// The namespace that members' clients connect to.
pub const CHAT: &str = "/chat";

/// The Socket.IO rooms that connections are in.
pub mod audience {
    use common::{PersonId, RoomId};

    /// The members of a room.
    pub fn room(id: RoomId) -> String {
        format!("room:{id}")
    }

    /// All devices of one person.
    pub fn person(id: PersonId) -> String {
        format!("person:{id}")
    }

    /// All connections of one session. The key is not the token, nor its hash.
    pub fn session(key: &str) -> String {
        format!("session:{key}")
    }
}

#[derive(Clone)]
pub struct Broadcasts {
    io: SocketIo,
}

impl Broadcasts {
    pub fn new(io: SocketIo) -> Self {
        Self { io }
    }

    /// To the room's members, the author's own devices among them.
    pub async fn message_posted(&self, message: Message) {
        let room = audience::room(message.room);
        self.send(|chat| chat.to(room), ServerEvent::MessagePosted(message)).await;
    }

    /// To the person's own devices.
    pub async fn room_added(&self, person: PersonId, summary: RoomSummary) {
        self.send(|chat| chat.to(audience::person(person)), ServerEvent::RoomAdded(summary)).await;
    }

    /// To the room's members.
    pub async fn member_joined(&self, joined: MemberJoined) {
        let room = audience::room(joined.room);
        self.send(|chat| chat.to(room), ServerEvent::MemberJoined(joined)).await;
    }

    /// To the person's devices, which leave the room's audience; to the members who stay.
    pub async fn room_left(&self, left: MemberLeft) {
        let (person, room) = (left.person, left.room);
        self.exit(person, room).await;
        let removed = ServerEvent::RoomRemoved(RoomRemoved { room });
        self.send(|chat| chat.to(audience::person(person)), removed).await;
        self.send(|chat| chat.to(audience::room(room)), ServerEvent::MemberLeft(left)).await;
    }

    /// To the person's own devices.
    pub async fn read_moved(&self, person: PersonId, moved: ReadMoved) {
        self.send(|chat| chat.to(audience::person(person)), ServerEvent::ReadMoved(moved)).await;
    }

    /// To everyone in the room but the one who types.
    pub async fn typing_changed(&self, changed: TypingChanged) {
        let (room, person) = (audience::room(changed.room), audience::person(changed.person));
        self.send(|chat| chat.to(room).except(person), ServerEvent::TypingChanged(changed)).await;
    }

    /// To everyone in the workspace.
    pub async fn person_changed(&self, person: Person) {
        self.send(|chat| chat, ServerEvent::PersonChanged(person)).await;
    }

    /// To everyone but the connection itself.
    pub async fn connection_opened(&self, socket: &SocketRef, opened: ConnectionOpened) {
        deliver(socket.broadcast(), ServerEvent::ConnectionOpened(opened)).await;
    }

    /// To everyone but the connection itself, which has gone.
    pub async fn connection_closed(&self, socket: &SocketRef, closed: ConnectionClosed) {
        deliver(socket.broadcast(), ServerEvent::ConnectionClosed(closed)).await;
    }

    /// To the session's connections, which are closed then.
    pub async fn session_ended(&self, session: &str, ended: SessionEnded) {
        self.send(|chat| chat.to(audience::session(session)), ServerEvent::SessionEnded(ended)).await;
        let Some(chat) = self.io.of(CHAT) else { return };
        if let Err(error) = chat.to(audience::session(session)).disconnect().await {
            tracing::warn!(%error, "a connection of an ended session could not be closed");
        }
    }

    /// Brings a person's devices into a room's audience.
    pub async fn enter(&self, person: PersonId, room: RoomId) {
        let Some(chat) = self.io.of(CHAT) else { return };
        let Ok(()) = chat.to(audience::person(person)).join(audience::room(room)).await;
    }

    async fn exit(&self, person: PersonId, room: RoomId) {
        let Some(chat) = self.io.of(CHAT) else { return };
        let Ok(()) = chat.to(audience::person(person)).leave(audience::room(room)).await;
    }

    async fn send(&self, to: impl FnOnce(BroadcastOperators) -> BroadcastOperators, event: ServerEvent) {
        if let Some(chat) = self.io.of(CHAT) {
            deliver(to(chat), event).await;
        }
    }
}

/// The one place where an emit can fail. A receiver whose queue is full misses this event; it
/// sees the gap in the room's seq at the next one and fetches the room anew.
async fn deliver(to: BroadcastOperators, event: ServerEvent) {
    let payload = match event.payload() {
        Ok(payload) => payload,
        Err(error) => return tracing::error!(%error, event = event.name(), "an event could not be written as JSON"),
    };
    match to.emit(event.name(), &payload).await {
        Ok(()) => {}
        Err(BroadcastError::Socket(errors)) => {
            tracing::warn!(event = event.name(), receivers = errors.len(), "receivers could not take an event");
        }
        Err(error) => tracing::error!(%error, event = event.name(), "an event could not be sent"),
    }
}
