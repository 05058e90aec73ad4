//! A device: the reducer that people's browsers run, over the native transport, with an outbox.

use crate::ledger::{Ledger, Post, Reaction, Revision, Said};
use app::state::{Change, ChatState};
use common::{
    Answer, Code, Command, CommandId, MessageId, PersonId, Refusal, RoomId, Seq, ServerEvent,
    catch_up::{CatchUp, LogEntry, MissedEvents},
    messages::{DeleteMessage, EditMessage, PostMessage, Posted},
    page::{GetSnapshot, Snapshot},
    people::{SetStatus, Status},
    reactions::AddReaction,
    reading::MarkRead,
    rooms::{OpenRoom, RoomView},
    threads::MarkThreadRead,
};
use futures::{
    StreamExt,
    future::{BoxFuture, FutureExt},
    stream::FuturesUnordered,
};
use serde_json::Value;
use socket::{Backoff, DisconnectReason, Incoming, Incomings, Options, RequestError, Socket};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::sync::{mpsc, oneshot};

/// What the story tells a device.
pub enum Word {
    /// Write from now on, about this often.
    Write { every: Duration },
    /// Write no more.
    Rest,
    /// Say when nothing is on its way and nothing is missing; then give the state.
    Settle(oneshot::Sender<ChatState>),
    /// Go away and forget everything but the outbox, as a browser that crashed.
    Crash,
}

/// Something in the outbox, until the server has answered.
#[derive(Clone, PartialEq)]
enum Waiting {
    Post(PostMessage),
    Edit(EditMessage),
    Delete(DeleteMessage),
    React(AddReaction),
    Say(SetStatus),
}

enum Came {
    Snapshot(Box<Snapshot>),
    View(RoomView),
    Missed(RoomId, MissedEvents),
    /// Something in the outbox is stored, and where, if it has a place; or why not.
    Stored(Waiting, Result<Option<Posted>, Refusal>),
    Nothing,
    /// No answer in time; ask again.
    Late(Question),
    /// The room's log cannot be followed from here.
    Astray(RoomId),
}

#[derive(Clone)]
enum Question {
    Snapshot,
    Open(RoomId),
    CatchUp(RoomId, Seq),
    Read(RoomId, Seq),
    ReadThread(MarkThreadRead),
    Store(Waiting),
}

pub struct Device {
    number: usize,
    rooms: Vec<RoomId>,
    ledger: Ledger,
    options: Options,
    socket: Socket,
    incomings: Incomings,
    state: Option<ChatState>,
    /// What was heard before there is a state; a page that is drawn by the server has one from the start.
    early: Vec<ServerEvent>,
    is_connected: bool,
    outbox: Vec<Waiting>,
    answers: FuturesUnordered<BoxFuture<'static, Came>>,
    catching_up: Vec<RoomId>,
    chance: fastrand::Rng,
    written: usize,
    own: Vec<(RoomId, MessageId)>,
    /// Posts of its own that are replied to: they stay as they are.
    roots: Vec<(RoomId, MessageId)>,
}

/// Who a device belongs to and where it goes.
pub struct Belongs {
    pub number: usize,
    pub token: String,
    pub rooms: Vec<RoomId>,
    pub address: SocketAddr,
    pub ledger: Ledger,
    pub seed: u64,
}

impl Device {
    /// Starts a device; it listens to what it is told until the sender is dropped.
    pub fn start(belongs: Belongs) -> mpsc::UnboundedSender<Word> {
        let options = Options::new(format!("ws://{}", belongs.address), "/chat")
            // Every other device takes several events in one packet.
            .auth(serde_json::json!({ "token": belongs.token, "batch": belongs.number.is_multiple_of(2) }))
            .retry_refused(true)
            .request_timeout(Duration::from_secs(4))
            .connect_timeout(Duration::from_secs(4))
            .reconnect(Backoff { base: Duration::from_millis(50), cap: Duration::from_secs(1) });
        let (socket, incomings) = socket::native::connect(options.clone());
        let device = Self {
            number: belongs.number,
            rooms: belongs.rooms,
            ledger: belongs.ledger,
            options,
            socket,
            incomings,
            state: None,
            early: Vec::new(),
            is_connected: false,
            outbox: Vec::new(),
            answers: FuturesUnordered::new(),
            catching_up: Vec::new(),
            chance: fastrand::Rng::with_seed(belongs.seed),
            written: 0,
            own: Vec::new(),
            roots: Vec::new(),
        };
        let (words, told) = mpsc::unbounded_channel();
        tokio::spawn(device.live(told));
        words
    }

    async fn live(mut self, mut told: mpsc::UnboundedReceiver<Word>) {
        let mut every = None;
        let mut settling: Option<oneshot::Sender<ChatState>> = None;
        loop {
            if self.is_settled()
                && let (Some(settled), Some(state)) = (settling.take(), self.state.clone())
            {
                drop(settled.send(state));
            }
            let pause = every.map(|every: Duration| every.mul_f64(0.5 + self.chance.f64()));
            tokio::select! {
                word = told.recv() => match word {
                    None => return,
                    Some(Word::Write { every: often }) => every = Some(often),
                    Some(Word::Rest) => every = None,
                    Some(Word::Settle(settled)) => settling = Some(settled),
                    Some(Word::Crash) => self.crash(),
                },
                incoming = self.incomings.next() => match incoming {
                    Some(incoming) => self.take(incoming),
                    None => return,
                },
                Some(came) = self.answers.next(), if !self.answers.is_empty() => self.take_answer(came),
                () = tokio::time::sleep(pause.unwrap_or(Duration::from_secs(3600))) => self.write(),
            }
        }
    }

    fn is_settled(&self) -> bool {
        let is_complete = self.state.as_ref().is_some_and(|state| {
            state.missing() == 0
                && self.rooms.iter().all(|id| state.rooms.get(id).is_some_and(|room| room.timeline.is_some()))
        });
        self.is_connected && self.outbox.is_empty() && self.answers.is_empty() && is_complete
    }

    fn crash(&mut self) {
        self.socket.disconnect();
        let (socket, incomings) = socket::native::connect(self.options.clone());
        (self.socket, self.incomings) = (socket, incomings);
        self.answers = FuturesUnordered::new();
        self.catching_up.clear();
        (self.state, self.is_connected) = (None, false);
    }

    fn take(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Connected { .. } => {
                self.early.clear();
                self.apply(Change::Connected);
                self.ask(Question::Snapshot);
            }
            Incoming::Event(event) => {
                let payload = event.args.into_iter().next().unwrap_or_default();
                for event in ServerEvent::read_all(&event.name, payload).into_iter().flatten().flatten() {
                    match self.state {
                        Some(_) => self.apply(Change::Event { event, at: 0 }),
                        None => self.early.push(event),
                    }
                }
            }
            Incoming::Disconnected { reason } => {
                self.is_connected = false;
                if reason == DisconnectReason::ServerDisconnect {
                    self.socket.reconnect_now();
                }
            }
            Incoming::ConnectRefused { .. } | Incoming::Reconnecting { .. } => self.is_connected = false,
        }
    }

    fn apply(&mut self, change: Change) {
        let hole = self.state.as_mut().and_then(|state| state.reduce(change));
        if let Some(room) = hole {
            self.catch_up(room);
        }
    }

    fn catch_up(&mut self, room: RoomId) {
        let complete = self.state.as_ref().and_then(|state| state.rooms.get(&room)).map(|room| room.complete);
        if let Some(after) = complete
            && !self.catching_up.contains(&room)
        {
            self.catching_up.push(room);
            self.ask(Question::CatchUp(room, after));
        }
    }

    fn ask(&mut self, question: Question) {
        let again = question.clone();
        let answer: BoxFuture<'static, Came> = match question {
            Question::Snapshot => self.send(GetSnapshot { room: None }, again, |answer| {
                answer.map_or(Came::Nothing, |snapshot| Came::Snapshot(Box::new(snapshot)))
            }),
            Question::Open(room) => {
                self.send(OpenRoom { room }, again, |answer| answer.map_or(Came::Nothing, Came::View))
            }
            Question::CatchUp(room, after) => self.send(CatchUp { room, after }, again, move |answer| match answer {
                Ok(missed) => Came::Missed(room, missed),
                Err(_) => Came::Astray(room),
            }),
            Question::Read(room, seq) => self.send(MarkRead { room, seq }, again, |_| Came::Nothing),
            // How one stands then is told as an event, too.
            Question::ReadThread(read) => self.send(read, again, |_| Came::Nothing),
            Question::Store(waiting) => {
                let stored = waiting.clone();
                let placed = |answer: Result<Posted, Refusal>| Came::Stored(stored, answer.map(Some));
                match waiting.clone() {
                    Waiting::Post(post) => self.send(post, again, placed),
                    Waiting::Edit(edit) => self.send(edit, again, placed),
                    Waiting::Delete(delete) => self.send(delete, again, placed),
                    Waiting::React(reaction) => {
                        self.send(reaction, again, |answer| Came::Stored(waiting, answer.map(|()| None)))
                    }
                    Waiting::Say(status) => {
                        self.send(status, again, |answer| Came::Stored(waiting, answer.map(|_| None)))
                    }
                }
            }
        };
        self.answers.push(answer);
    }

    fn send<C: Command>(
        &self,
        command: C,
        question: Question,
        came: impl FnOnce(Result<C::Reply, Refusal>) -> Came + Send + 'static,
    ) -> BoxFuture<'static, Came> {
        let payload = serde_json::to_value(command).unwrap_or(Value::Null);
        let request = self.socket.request(C::NAME, vec![payload]);
        async move {
            match request.await {
                Ok(reply) => {
                    let answer = reply.args.into_iter().next().unwrap_or_default();
                    match serde_json::from_value::<Answer<C::Reply>>(answer) {
                        Ok(answer) => came(answer.into()),
                        Err(_) => Came::Late(question),
                    }
                }
                Err(RequestError::TimedOut) => Came::Late(question),
                // The next connection asks again.
                Err(RequestError::NotConnected | RequestError::Disconnected) => Came::Nothing,
            }
        }
        .boxed()
    }

    fn take_answer(&mut self, came: Came) {
        match came {
            Came::Snapshot(snapshot) => self.begin(*snapshot),
            Came::View(view) => self.apply(Change::Opened(view)),
            Came::Missed(room, missed) => {
                self.catching_up.retain(|other| *other != room);
                self.take_missed(room, missed);
            }
            Came::Stored(waiting, Ok(posted)) => self.stored(&waiting, posted),
            Came::Stored(waiting, Err(refusal)) => self.refused(waiting, &refusal),
            Came::Nothing => self.catching_up.retain(|_| self.is_connected),
            // On a connection that is new, what was written before it goes first.
            Came::Late(Question::Store(_)) if !self.is_connected => {}
            Came::Late(question) => {
                if self.socket.is_connected() {
                    self.ask(question);
                } else {
                    self.catching_up.clear();
                }
            }
            Came::Astray(room) => {
                self.catching_up.retain(|other| *other != room);
                self.apply(Change::Reset(room));
                self.ask(Question::Open(room));
            }
        }
    }

    /// Connected: a fresh snapshot, then the outbox, in order, then what was missed.
    fn begin(&mut self, snapshot: Snapshot) {
        self.is_connected = true;
        self.catching_up.clear();
        match &mut self.state {
            Some(state) => drop(state.reduce(Change::Snapshot(Box::new(snapshot)))),
            none => *none = Some(ChatState::new(snapshot)),
        }
        for event in std::mem::take(&mut self.early) {
            self.apply(Change::Event { event, at: 0 });
        }
        for waiting in self.outbox.clone() {
            self.ask(Question::Store(waiting));
        }
        for room in self.rooms.clone() {
            let is_loaded = self
                .state
                .as_ref()
                .and_then(|state| state.rooms.get(&room))
                .is_some_and(|room| room.timeline.is_some());
            if !is_loaded {
                self.ask(Question::Open(room));
            }
        }
        for room in self.state.as_ref().map(ChatState::behind).unwrap_or_default() {
            self.catch_up(room);
        }
    }

    fn take_missed(&mut self, room: RoomId, missed: MissedEvents) {
        match missed {
            MissedEvents::Events { events, last } => {
                let is_last = events.last().is_none_or(|event: &LogEntry| event.seq >= last);
                self.apply(Change::CaughtUp { room, events });
                if !is_last {
                    self.catch_up(room);
                }
            }
            MissedEvents::TooMany { .. } => {
                self.apply(Change::Reset(room));
                self.ask(Question::Open(room));
            }
        }
    }

    fn stored(&mut self, waiting: &Waiting, posted: Option<Posted>) {
        let before = self.outbox.len();
        self.outbox.retain(|other| other != waiting);
        let seq = posted.map(|posted| posted.seq).unwrap_or_default();
        match waiting {
            Waiting::Post(post) => {
                self.ledger.posted(post.id, seq);
                // One that was sent twice is acknowledged twice, perhaps after it was deleted.
                if self.outbox.len() < before {
                    let is_root = post.parent.is_none() && self.chance.u8(..8) == 0;
                    let kept = if is_root { &mut self.roots } else { &mut self.own };
                    kept.push((post.room, post.id));
                }
            }
            Waiting::Edit(EditMessage { id, .. }) | Waiting::Delete(DeleteMessage { id, .. }) => {
                self.ledger.revised(*id, seq);
            }
            Waiting::React(reaction) => {
                if let Some(me) = self.me() {
                    self.ledger.reacted(reaction, me);
                }
            }
            Waiting::Say(SetStatus { status }) => self.ledger.said(status.as_ref().map_or("", |status| &status.text)),
        }
    }

    fn me(&self) -> Option<PersonId> {
        self.state.as_ref().map(|state| state.me)
    }

    /// A full disk and a full queue pass; nothing else should happen.
    fn refused(&mut self, waiting: Waiting, refusal: &Refusal) {
        let passes = matches!(refusal.code, Code::StorageFull | Code::TooBusy | Code::Internal);
        // Others delete what one reacts to.
        let is_gone = refusal.code == Code::UnknownMessage && matches!(waiting, Waiting::React(_));
        if !is_gone {
            let mut entries = self.ledger.entries();
            if let Waiting::Post(refused) = &waiting
                && let Some(post) = entries.posts.iter_mut().find(|post| post.id == refused.id)
            {
                post.was_refused = true;
            }
            if refusal.code == Code::StorageFull {
                entries.full += 1;
            } else {
                *entries.refusals.entry(refusal.code.name()).or_default() += 1;
            }
        }
        if passes {
            let again = self.send_later(waiting);
            self.answers.push(again);
        } else {
            self.outbox.retain(|other| *other != waiting);
        }
    }

    fn send_later(&self, waiting: Waiting) -> BoxFuture<'static, Came> {
        async move {
            tokio::time::sleep(Duration::from_millis(200)).await;
            Came::Late(Question::Store(waiting))
        }
        .boxed()
    }

    /// Posts mostly; sometimes replies, reacts, says something, changes or deletes something of its own, or reads.
    fn write(&mut self) {
        let room = self.rooms[self.chance.usize(..self.rooms.len())];
        let waiting = match self.chance.u8(..16) {
            0 | 1 if !self.own.is_empty() => {
                let (room, message) = self.own[self.chance.usize(..self.own.len())];
                self.written += 1;
                let text = format!("device {} changed this in its step {}", self.number, self.written);
                Waiting::Edit(EditMessage { id: CommandId::new(), room, message, text })
            }
            2 if self.own.len() > 3 => {
                let (room, message) = self.own.swap_remove(self.chance.usize(..self.own.len()));
                // Nothing may be changed that is about to be deleted.
                if self.outbox.iter().any(|other| matches!(other, Waiting::Edit(edit) if edit.message == message)) {
                    return self.own.push((room, message));
                }
                Waiting::Delete(DeleteMessage { id: CommandId::new(), room, message })
            }
            3 => {
                let seq = self.state.as_ref().and_then(|state| state.rooms.get(&room)).map(|room| room.complete);
                if let (Some(seq), true) = (seq, self.is_connected) {
                    self.ask(Question::Read(room, seq));
                }
                return;
            }
            4 | 5 if !self.roots.is_empty() => {
                let (room, parent) = self.roots[self.chance.usize(..self.roots.len())];
                self.written += 1;
                let text = format!("device {} replied this in its step {}", self.number, self.written);
                Waiting::Post(PostMessage { parent: Some(parent), ..PostMessage::new(room, text) })
            }
            6 | 7 => match self.something_in(room) {
                Some(message) => Waiting::React(AddReaction { room, message, emoji: self.emoji() }),
                None => return,
            },
            // One of a person's two devices, so that what it says last is what they said last.
            8 if self.me().is_some() && self.number.is_multiple_of(2) => {
                self.written += 1;
                let text = format!("step {} of {}", self.written, self.number);
                Waiting::Say(SetStatus { status: Some(Status { emoji: "🦉".into(), text, until: None }) })
            }
            9 => return self.read_thread(),
            _ => {
                self.written += 1;
                let text = format!("device {} wrote this in its step {}", self.number, self.written);
                Waiting::Post(PostMessage::new(room, text))
            }
        };
        self.note(&waiting);
        self.outbox.push(waiting.clone());
        if self.is_connected {
            self.ask(Question::Store(waiting));
        }
    }

    /// One of the newest messages that are here.
    fn something_in(&mut self, room: RoomId) -> Option<MessageId> {
        let timeline = self.state.as_ref()?.rooms.get(&room)?.timeline.as_ref()?;
        let newest = timeline.messages.iter().rev().take(10).filter(|message| !message.is_deleted());
        self.chance.choice(newest.map(|message| message.id).collect::<Vec<_>>())
    }

    /// A person's devices have one each.
    fn emoji(&self) -> String {
        if self.number.is_multiple_of(2) { "👍".into() } else { "🎉".into() }
    }

    fn read_thread(&mut self) {
        let unread = self.state.iter().flat_map(|state| state.threads.values()).find(|standing| standing.unread > 0);
        if let (Some(standing), true) = (unread, self.is_connected) {
            let (room, parent, seq) = (standing.room, standing.parent, standing.last);
            self.ask(Question::ReadThread(MarkThreadRead { room, parent, seq }));
        }
    }

    fn note(&self, waiting: &Waiting) {
        let mut entries = self.ledger.entries();
        let revision = |id, message, text| Revision { id, message, text, acknowledged: None };
        match waiting {
            Waiting::Post(post) => entries.posts.push(Post {
                device: self.number,
                room: post.room,
                id: post.id,
                text: post.text.clone(),
                is_reply: post.parent.is_some(),
                acknowledged: None,
                was_refused: false,
            }),
            Waiting::Edit(edit) => {
                entries.revisions.push(revision(edit.id, edit.message, Some(edit.text.clone())));
            }
            Waiting::Delete(delete) => {
                entries.revisions.push(revision(delete.id, delete.message, None));
            }
            Waiting::React(AddReaction { room, message, emoji }) => {
                let Some(person) = self.me() else { return };
                let (room, message, emoji) = (*room, *message, emoji.clone());
                entries.reactions.push(Reaction { room, message, emoji, person, is_acknowledged: false });
            }
            Waiting::Say(SetStatus { status }) => {
                let (Some(person), Some(status)) = (self.me(), status) else { return };
                entries.statuses.push(Said { person, text: status.text.clone(), is_acknowledged: false });
            }
        }
    }
}

/// Someone who looks at everything once, over a line without faults.
pub struct Observer {
    socket: Socket,
    _incomings: Arc<tokio::sync::Mutex<Incomings>>,
}

impl Observer {
    pub async fn connect(port: u16, token: &str) -> anyhow::Result<Self> {
        let options =
            Options::new(format!("ws://127.0.0.1:{port}"), "/chat").auth(serde_json::json!({ "token": token }));
        let (socket, mut incomings) = socket::native::connect(options);
        while let Some(incoming) = incomings.next().await {
            match incoming {
                Incoming::Connected { .. } => break,
                Incoming::ConnectRefused { message, .. } => anyhow::bail!("the observer is refused: {message}"),
                _ => {}
            }
        }
        let incomings = Arc::new(tokio::sync::Mutex::new(incomings));
        let drained = incomings.clone();
        tokio::spawn(async move { while drained.lock().await.next().await.is_some() {} });
        Ok(Self { socket, _incomings: incomings })
    }

    pub async fn asks<C: Command>(&self, command: C) -> anyhow::Result<C::Reply> {
        let reply = self.socket.request(C::NAME, vec![serde_json::to_value(command)?]).await?;
        let answer: Answer<C::Reply> = serde_json::from_value(reply.args.into_iter().next().unwrap_or_default())?;
        Ok(Result::from(answer)?)
    }
}
