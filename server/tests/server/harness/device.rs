//! A connection of a person's device, with verbs for what people do.

use super::{Person, within};
use common::{
    Answer, Command, CommandId, MessageId, PersonId, Refusal, RoomId, Seq, ServerEvent,
    catch_up::{CatchUp, LogEntry, MissedEvents},
    console::{TICK, Tick},
    json::Mismatch,
    messages::{DeleteMessage, EditMessage, Message, MessagePage, PostMessage, Posted, ReadHistory},
    page::{GetSnapshot, Snapshot},
    permissions::RoomRole,
    reactions::{AddReaction, RemoveReaction},
    reading::{MarkRead, MarkUnread, ReadMoved},
    rooms::{
        ChangeMember, ChangeRoom, CreateRoom, InvitePeople, JoinRoom, LeaveRoom, ListRooms, OpenRoom, RemoveMember,
        RoomCard, RoomChange, RoomKind, RoomSummary, RoomView, StarRoom, StartDirect,
    },
    threads::{FollowThread, MarkThreadRead, OpenThread, ThreadState, ThreadView},
    typing::SetTyping,
};
use futures::{FutureExt, StreamExt, future::join_all};
use serde_json::{Value, json};
use socket::{DisconnectReason, Incoming, Incomings, Options, RequestError, Socket};
use std::collections::VecDeque;

pub struct Device {
    pub socket: Socket,
    incomings: Incomings,
    /// Events that came in one packet and are not read yet.
    heard: VecDeque<ServerEvent>,
}

impl Device {
    /// Connects; the device is in all its audiences when this returns.
    pub async fn connect(options: Options) -> Self {
        let device = Self::enters(options).await;
        device.settled().await;
        device
    }

    /// Enters a namespace.
    pub async fn enters(options: Options) -> Self {
        Self::tries_to_enter(options).await.unwrap_or_else(|refusal| panic!("not let in: {refusal:?}"))
    }

    /// The same, where the namespace may refuse.
    pub async fn tries_to_enter(options: Options) -> Result<Self, Refusal> {
        let (socket, incomings) = socket::native::connect(options);
        let mut device = Self { socket, incomings, heard: VecDeque::new() };
        match device.next().await {
            Incoming::Connected { .. } => Ok(device),
            Incoming::ConnectRefused { message, .. } => Err(serde_json::from_str(&message).expect("a refusal as JSON")),
            other => panic!("neither in nor refused: {other:?}"),
        }
    }

    /// Sends a command at once, not when the future is first polled.
    pub fn send<C: Command>(&self, command: C) -> impl Future<Output = Result<C::Reply, Refusal>> + Send + use<C> {
        let answer = self.asks(C::NAME, vec![serde_json::to_value(command).unwrap()]);
        async move { serde_json::from_value::<Answer<C::Reply>>(answer.await).unwrap().into() }
    }

    /// Sends any event with any arguments; returns the raw acknowledgement.
    pub fn asks(&self, name: &str, args: Vec<Value>) -> impl Future<Output = Value> + Send + use<> {
        let request = self.tries(name, args);
        async move { request.await.expect("an answer") }
    }

    /// The same, where the connection may be lost.
    pub fn tries(
        &self,
        name: &str,
        args: Vec<Value>,
    ) -> impl Future<Output = Result<Value, RequestError>> + Send + use<> {
        let request = self.socket.request(name, args);
        async move { request.await.map(|reply| reply.args.into_iter().next().expect("an answer has a payload")) }
    }

    /// Waits until the events of this device's commands are published: a connection's next command
    /// starts only when the events of the one before it are out.
    pub async fn settled(&self) {
        self.send(ListRooms {}).await.unwrap();
    }

    /// Leaves like a person who closes the window; returns when the server must know.
    pub async fn disconnects(mut self) {
        self.socket.disconnect();
        let ended = async { while self.incomings.next().await.is_some() {} };
        within("the end of the connection", ended).await;
    }
}

/// Verbs of people. The server must accept the command.
impl Device {
    pub async fn creates_room(&self, name: &str) -> RoomId {
        self.creates(RoomKind::Public, name).await
    }

    pub async fn creates_private_room(&self, name: &str) -> RoomId {
        self.creates(RoomKind::Private, name).await
    }

    async fn creates(&self, kind: RoomKind, name: &str) -> RoomId {
        let summary = self.send(CreateRoom { kind, name: name.into(), topic: String::new() }).await.unwrap();
        self.settled().await;
        summary.id
    }

    pub async fn joins(&self, room: RoomId) -> RoomSummary {
        let summary = self.send(JoinRoom { room }).await.unwrap();
        self.settled().await;
        summary
    }

    pub async fn leaves(&self, room: RoomId) {
        self.send(LeaveRoom { room }).await.unwrap();
        self.settled().await;
    }

    /// Returns the new members of the room.
    pub async fn invites<'a>(&self, room: RoomId, people: impl IntoIterator<Item = &'a Person>) -> Vec<PersonId> {
        let people = people.into_iter().map(|person| person.id).collect();
        let invited = self.send(InvitePeople { room, people }).await.unwrap();
        self.settled().await;
        invited.people
    }

    pub async fn changes(&self, room: RoomId, change: RoomChange) {
        self.send(ChangeRoom { id: CommandId::new(), room, change }).await.unwrap();
        self.settled().await;
    }

    pub async fn makes(&self, person: &Person, role: RoomRole, room: RoomId) {
        self.send(ChangeMember { id: CommandId::new(), room, person: person.id, role }).await.unwrap();
        self.settled().await;
    }

    pub async fn removes(&self, person: &Person, room: RoomId) {
        self.send(RemoveMember { id: CommandId::new(), room, person: person.id }).await.unwrap();
        self.settled().await;
    }

    pub async fn stars(&self, room: RoomId, starred: bool) {
        self.send(StarRoom { room, starred }).await.unwrap();
        self.settled().await;
    }

    pub async fn talks_to<'a>(&self, people: impl IntoIterator<Item = &'a Person>) -> RoomSummary {
        let people = people.into_iter().map(|person| person.id).collect();
        let summary = self.send(StartDirect { people }).await.unwrap();
        self.settled().await;
        summary
    }

    pub async fn posts(&self, room: RoomId, text: &str) -> Posted {
        self.send(post(room, text)).await.unwrap()
    }

    /// Posts, or returns the refusal.
    pub fn posts_or_not(
        &self,
        room: RoomId,
        text: &str,
    ) -> impl Future<Output = Result<Posted, Refusal>> + Send + use<> {
        self.send(post(room, text))
    }

    /// Posts; returns the message's id.
    pub async fn says(&self, room: RoomId, text: &str) -> MessageId {
        let message = post(room, text);
        let id = message.id;
        self.send(message).await.unwrap();
        id
    }

    pub async fn reacts(&self, room: RoomId, message: MessageId, emoji: &str) {
        self.send(AddReaction { room, message, emoji: emoji.into() }).await.unwrap();
    }

    pub async fn takes_back(&self, room: RoomId, message: MessageId, emoji: &str) {
        self.send(RemoveReaction { room, message, emoji: emoji.into() }).await.unwrap();
    }

    /// Posts all of them without waiting in between.
    pub async fn posts_at_once(&self, room: RoomId, texts: &[String]) -> Vec<Posted> {
        let answers = join_all(texts.iter().map(|text| self.send(post(room, text)))).await;
        answers.into_iter().map(Result::unwrap).collect()
    }

    /// Replies to a message.
    pub async fn replies(&self, room: RoomId, parent: MessageId, text: &str) -> Posted {
        self.send(reply(room, parent, text)).await.unwrap()
    }

    pub async fn opens_thread(&self, room: RoomId, parent: MessageId) -> ThreadView {
        self.send(OpenThread { room, parent }).await.unwrap()
    }

    pub async fn follows(&self, room: RoomId, parent: MessageId, following: bool) -> ThreadState {
        self.send(FollowThread { room, parent, following }).await.unwrap()
    }

    pub async fn reads_thread(&self, room: RoomId, parent: MessageId, seq: Seq) -> ThreadState {
        self.send(MarkThreadRead { room, parent, seq }).await.unwrap()
    }

    pub async fn reads(&self, room: RoomId, seq: Seq) -> ReadMoved {
        self.send(MarkRead { room, seq }).await.unwrap()
    }

    pub async fn marks_unread(&self, room: RoomId, seq: Seq) -> ReadMoved {
        self.send(MarkUnread { room, seq }).await.unwrap()
    }

    pub async fn types(&self, room: RoomId) {
        self.send(SetTyping { room, parent: None, typing: true }).await.unwrap();
    }

    pub async fn opens(&self, room: RoomId) -> RoomView {
        self.send(OpenRoom { room }).await.unwrap()
    }

    pub async fn history(&self, room: RoomId, before: Seq) -> MessagePage {
        self.send(ReadHistory { room, before }).await.unwrap()
    }

    pub async fn edits(&self, room: RoomId, message: MessageId, text: &str) -> Posted {
        self.send(EditMessage { id: CommandId::new(), room, message, text: text.into() }).await.unwrap()
    }

    pub async fn deletes(&self, room: RoomId, message: MessageId) -> Posted {
        self.send(DeleteMessage { id: CommandId::new(), room, message }).await.unwrap()
    }

    /// All events of a room after a seq.
    pub async fn catches_up(&self, room: RoomId, mut after: Seq) -> Vec<LogEntry> {
        let mut missed = Vec::new();
        loop {
            match self.send(CatchUp { room, after }).await.unwrap() {
                MissedEvents::Events { events, last } => {
                    after = events.last().map_or(last, |event| event.seq);
                    missed.extend(events);
                    if after >= last {
                        return missed;
                    }
                }
                MissedEvents::TooMany { last } => panic!("too many: {last}"),
            }
        }
    }

    pub async fn browses(&self) -> Vec<RoomCard> {
        self.send(ListRooms {}).await.unwrap()
    }

    pub async fn snapshot(&self) -> Snapshot {
        self.send(GetSnapshot { room: None }).await.unwrap()
    }

    /// The texts in a room's last page.
    pub async fn sees(&self, room: RoomId) -> Vec<String> {
        self.opens(room).await.page.messages.into_iter().map(|message| message.text).collect()
    }
}

/// What people receive.
impl Device {
    /// The next event of the connection.
    pub async fn next(&mut self) -> Incoming {
        within("something on the connection", self.incomings.next()).await.expect("the connection goes on")
    }

    /// The next event of the server.
    pub async fn next_event(&mut self) -> ServerEvent {
        loop {
            if let Some(event) = self.heard.pop_front() {
                return event;
            }
            match self.next().await {
                Incoming::Event(event) => self.heard.extend(read(event)),
                other => panic!("an event was expected: {other:?}"),
            }
        }
    }

    /// The first event that `pick` accepts; see [`hears!`](super::hears).
    pub async fn hears<T>(&mut self, what: &str, pick: impl Fn(ServerEvent) -> Option<T>) -> T {
        let heard = async {
            loop {
                if let Some(picked) = pick(self.next_event().await) {
                    return picked;
                }
            }
        };
        within(what, heard).await
    }

    /// All events that this device receives before a message with this text.
    pub async fn hears_until(&mut self, text: &str) -> Vec<ServerEvent> {
        let mut heard = Vec::new();
        loop {
            match self.next_event().await {
                ServerEvent::MessagePosted(message) if message.text == text => return heard,
                event => heard.push(event),
            }
        }
    }

    /// The messages that this device receives before one with this text.
    pub async fn hears_messages_until(&mut self, text: &str) -> Vec<Message> {
        let messages = self.hears_until(text).await.into_iter().filter_map(|event| match event {
            ServerEvent::MessagePosted(message) => Some(message),
            _ => None,
        });
        messages.collect()
    }

    /// The names of the events that have arrived already.
    pub fn names_heard(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        while let Some(Some(Incoming::Event(event))) = self.incomings.next().now_or_never() {
            names.push(event.name);
        }
        names
    }

    /// The next tick of the console.
    pub async fn hears_tick(&mut self) -> Tick {
        loop {
            if let Incoming::Event(event) = self.next().await
                && event.name == TICK
            {
                return serde_json::from_value(event.args[0].clone()).expect("a tick");
            }
        }
    }

    /// The reason why the connection ended.
    pub async fn is_disconnected(&mut self) -> DisconnectReason {
        loop {
            if let Incoming::Disconnected { reason } = self.next().await {
                return reason;
            }
        }
    }

    /// Waits until the client has reconnected by itself.
    pub async fn is_back(&mut self) {
        while !matches!(self.next().await, Incoming::Connected { .. }) {}
        self.settled().await;
    }
}

pub fn post(room: RoomId, text: &str) -> PostMessage {
    PostMessage::new(room, text)
}

pub fn reply(room: RoomId, parent: MessageId, text: &str) -> PostMessage {
    PostMessage { parent: Some(parent), ..post(room, text) }
}

/// Tries to connect; returns the refusal.
pub async fn knock(options: Options) -> Refusal {
    match Device::tries_to_enter(options).await {
        Err(refusal) => refusal,
        Ok(_) => panic!("the door should have stayed shut"),
    }
}

fn read(event: socket::Event) -> Vec<ServerEvent> {
    let payload = event.args.into_iter().next().unwrap_or(json!(null));
    let known = |read: Result<Option<ServerEvent>, Mismatch>| {
        read.expect("the payload fits the name").expect("the name is known")
    };
    ServerEvent::read_all(&event.name, payload).into_iter().map(known).collect()
}
