//! The chat: the handle through which components read state and do things.

mod link;
mod notes;
mod page;
mod sidebar;

pub use link::in_room;
pub use notes::Journey;
pub use page::ChatPage;

use notes::Notes;

use crate::{
    platform::{self, Line, Outbox},
    state::{Change, ChatState, Link, Pending},
};
use common::{
    Answer, Command, MessageId, Refusal, RoomId, ServerEvent,
    catch_up::{CatchUp, Missed},
    messages::PostMessage,
    page::{GetSnapshot, Snapshot},
    reach::ReportReach,
    rooms::OpenRoom,
};
use futures::future::LocalBoxFuture;
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;
use std::{mem, time::Duration};

/// So many missed events are applied together, if there are as many.
const DRAWN_AT_ONCE: usize = 2_500;

/// What has arrived is reported together, once in this time.
const REPORTED_EVERY: Duration = Duration::from_secs(1);

/// State and connection, handed to every component through context. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Chat {
    state: RwSignal<ChatState>,
    line: StoredValue<Option<Line>>,
    /// A message that its author took back to change it.
    recalled: RwSignal<Option<(RoomId, String)>>,
    /// Keeps what is pending, once it is open.
    outbox: StoredValue<Option<Outbox>>,
    notes: StoredValue<Notes>,
    /// The room that is open, for a snapshot after a reconnection to come with it.
    open: RwSignal<Option<RoomId>>,
}

/// Why a command brought no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    Refused(Refusal),
    /// Whether it was carried out is not known.
    Unreachable(Unreachable),
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreachable {
    /// There is no connection, or it broke.
    Away,
    /// The connection stands, but no answer that can be read came in time.
    Silent,
}

impl Failure {
    /// A sentence for people.
    pub fn sentence(&self) -> String {
        match self {
            Failure::Refused(refusal) => refusal.message.clone(),
            Failure::Unreachable(_) => {
                "The server cannot be reached right now. Try again when you are back online.".into()
            }
        }
    }
}

impl From<Unreachable> for Failure {
    fn from(unreachable: Unreachable) -> Self {
        Failure::Unreachable(unreachable)
    }
}

/// The chat of the page that this component is on.
pub fn use_chat() -> Chat {
    expect_context()
}

impl Chat {
    pub fn new(snapshot: Snapshot) -> Self {
        Self {
            state: RwSignal::new(ChatState::new(snapshot)),
            line: StoredValue::new(None),
            recalled: RwSignal::new(None),
            outbox: StoredValue::new(None),
            notes: StoredValue::new(Notes::default()),
            open: RwSignal::new(None),
        }
    }

    /// A part of the state that is drawn anew only when it differs.
    pub fn select<T: PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&ChatState) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        self.selected(Box::new(part))
    }

    /// Boxed, like [`crate::widgets::live`]: the code is there once for all selections of a type.
    fn selected<T: PartialEq + Send + Sync + 'static>(
        self,
        part: Box<dyn Fn(&ChatState) -> T + Send + Sync>,
    ) -> Memo<T> {
        Memo::new(move |_| self.state.with(&part))
    }

    /// Whether the server can be asked now.
    pub fn is_live(self) -> Memo<bool> {
        self.select(|state| state.link == Link::Live)
    }

    /// Reads the state and follows it.
    pub fn with<T>(self, part: impl FnOnce(&ChatState) -> T) -> T {
        self.state.with(part)
    }

    /// Reads the state without following it.
    pub fn peek<T>(self, part: impl FnOnce(&ChatState) -> T) -> T {
        self.state.with_untracked(part)
    }

    pub fn apply(self, change: Change) {
        let hole = self.state.try_update(|state| state.reduce(change)).flatten();
        if let Some(room) = hole {
            self.catch_up(room);
        }
        self.fill_outbox();
        self.report_soon();
    }

    /// Tells the server once in a while how much of each room has arrived here, so that authors see
    /// whom they reached.
    fn report_soon(self) {
        let is_due = self.notes.try_update_value(|notes| mem::replace(&mut notes.report_is_due, true));
        if is_due != Some(false) {
            return;
        }
        let report = move || {
            self.notes.try_update_value(|notes| notes.report_is_due = false);
            self.report();
        };
        set_timeout(report, REPORTED_EVERY);
    }

    fn report(self) {
        let is_live = |state: &ChatState| state.link == Link::Live;
        let here = self.state.try_with_untracked(|state| is_live(state).then(|| state.complete())).flatten();
        let news = self.notes.try_update_value(|notes| {
            let before = mem::replace(&mut notes.reported, here.clone().unwrap_or_default());
            here.unwrap_or_default().into_iter().filter(|place| !before.contains(place)).collect::<Vec<_>>()
        });
        if let Some(rooms) = news.filter(|rooms| !rooms.is_empty()) {
            let answer = self.send(ReportReach { rooms });
            // Nothing hangs on it: the next report says it again.
            spawn_local(async move { drop(answer.await) });
        }
    }

    /// Asks for what was missed of a room, page by page, until nothing is missing.
    fn catch_up(self, room: RoomId) {
        let is_running = self.notes.try_update_value(|notes| {
            let is_running = notes.catching_up.contains(&room);
            if !is_running {
                notes.catching_up.push(room);
            }
            is_running
        });
        if is_running != Some(false) {
            return;
        }
        spawn_local(async move {
            let complete = self.peek(|state| state.rooms.get(&room).map(|room| room.complete));
            let (mut after, mut missed) = (complete.unwrap_or_default(), Vec::new());
            loop {
                match self.send(CatchUp { room, after }).await {
                    Ok(Missed::Events { events, last }) => {
                        after = events.last().map_or(last, |event| event.seq);
                        missed.extend(events);
                        // Drawing is what takes time.
                        if after >= last || missed.len() >= DRAWN_AT_ONCE {
                            self.apply(Change::CaughtUp { room, events: mem::take(&mut missed) });
                        }
                        if after >= last {
                            break;
                        }
                    }
                    Err(Failure::Unreachable(Unreachable::Silent)) => {}
                    // The next connection catches up.
                    Err(Failure::Unreachable(Unreachable::Away)) => break,
                    Ok(Missed::TooMany { .. }) | Err(Failure::Refused(_)) => {
                        self.apply(Change::Reset(room));
                        self.reopen(room);
                        break;
                    }
                }
            }
            self.notes.try_update_value(|notes| notes.catching_up.retain(|other| *other != room));
        });
    }

    pub fn hear(self, event: ServerEvent) {
        self.apply(Change::Event { event, at: platform::now() });
    }

    /// Gives the state what was left in the outbox, and the outbox what is pending already.
    pub async fn use_outbox(self, outbox: Outbox) {
        for pending in self.peek(|state| state.pending.clone()) {
            outbox.keep(&pending);
        }
        self.outbox.set_value(Some(outbox));
        self.adopt().await;
    }

    /// Once it is open, the outbox has what the state has pending, and nothing else.
    fn fill_outbox(self) {
        let now = self.peek(|state| state.pending.clone());
        let before = self.notes.try_update_value(|notes| mem::replace(&mut notes.pending, now.clone()));
        self.outbox.with_value(|outbox| keep_changes(outbox.as_ref(), &before.unwrap_or_default(), &now));
    }

    /// Takes over what closed tabs have left in the outbox.
    async fn adopt(self) {
        let Some(outbox) = self.outbox.get_value() else { return };
        let kept = outbox.adopt().await;
        if kept.is_empty() {
            return;
        }
        let ids: Vec<MessageId> = kept.iter().map(|pending| pending.message.id).collect();
        self.apply(Change::Restored(kept));
        if self.peek(|state| state.link == Link::Live) {
            for message in self.peek(ChatState::unsent).into_iter().filter(|message| ids.contains(&message.id)) {
                self.deliver(message);
            }
        }
    }

    pub fn use_line(self, line: Line) {
        self.line.set_value(Some(line));
    }

    /// Takes a message that was not sent yet back into the composer.
    pub fn recall(self, id: MessageId) {
        let recalled = self.peek(|state| state.pending.iter().find(|pending| pending.message.id == id).cloned());
        if let Some(Pending { message, .. }) = recalled {
            self.discard(id);
            self.recalled.set(Some((message.room, message.text)));
        }
    }

    /// The text that a room's composer gets back, once.
    pub fn take_recalled(self, room: RoomId) -> Option<String> {
        let (_, text) = self.recalled.get().filter(|(place, _)| *place == room)?;
        self.recalled.set(None);
        Some(text)
    }

    /// Which room is on the screen.
    pub fn show(self, room: Option<RoomId>) {
        self.open.set(room);
    }

    pub fn shown(self) -> Option<RoomId> {
        self.open.get()
    }

    /// The same, without following it.
    pub fn peek_shown(self) -> Option<RoomId> {
        self.open.get_untracked()
    }

    /// The way that a message of this page has come.
    pub fn journey(self, id: MessageId) -> Option<Journey> {
        self.notes.with_value(|notes| notes.journey(id))
    }

    fn note(self, id: MessageId, step: impl FnOnce(&mut Journey)) {
        self.notes.try_update_value(|notes| step(notes.on_its_way(id)));
    }

    /// Sends a command. It is on its way, behind those before it, when this returns.
    pub fn send<C: Command>(self, command: C) -> impl Future<Output = Result<C::Reply, Failure>> + use<C> {
        let reply = self.ask(C::NAME, serde_json::to_value(command).ok());
        async move { serde_json::from_value(reply.await?).map_err(|_| Unreachable::Silent.into()) }
    }

    /// What is the same for all commands, so that its code is there once.
    fn ask(self, name: &'static str, payload: Option<Value>) -> LocalBoxFuture<'static, Result<Value, Failure>> {
        let reply = self.line.with_value(|line| Some(line.as_ref()?.request(name, payload?)));
        Box::pin(async move {
            let reply = reply.ok_or(Unreachable::Away)?.await?;
            let answer: Answer<Value> = serde_json::from_value(reply).map_err(|_| Unreachable::Silent)?;
            Result::from(answer).map_err(Failure::Refused)
        })
    }

    /// Fetches a room that is not loaded.
    pub fn reopen(self, room: RoomId) {
        let reply = self.send(OpenRoom { room });
        spawn_local(async move {
            if let Ok(view) = reply.await {
                self.apply(Change::Opened(view));
            }
        });
    }

    /// Asks what a room is that this client does not know.
    pub fn look_up(self, room: RoomId) {
        let reply = self.send(GetSnapshot { room: Some(room) });
        spawn_local(async move {
            if let Ok(snapshot) = reply.await {
                self.apply(Change::Snapshot(Box::new(snapshot)));
            }
        });
    }

    /// Everything anew, with the shown room if it is not loaded. Then what waits is sent, in order,
    /// and what was missed of the loaded rooms is fetched.
    pub fn resume(self) {
        let open = self.open.get_untracked();
        let is_loaded = |id| self.peek(|state| state.rooms.get(&id).is_some_and(|room| room.timeline.is_some()));
        let reply = self.send(GetSnapshot { room: open.filter(|id| !is_loaded(*id)) });
        spawn_local(async move {
            match reply.await {
                Ok(snapshot) => {
                    // This is another connection, on which nothing was reported yet.
                    self.notes.try_update_value(|notes| notes.reported.clear());
                    self.apply(Change::Snapshot(Box::new(snapshot)));
                    self.apply(Change::Linked(Link::Live));
                    for message in self.peek(ChatState::unsent) {
                        self.deliver(message);
                    }
                    self.adopt().await;
                    for room in self.peek(ChatState::behind) {
                        self.catch_up(room);
                    }
                }
                Err(Failure::Unreachable(Unreachable::Silent)) => self.resume(),
                // The next connection resumes.
                Err(Failure::Unreachable(Unreachable::Away)) => {}
                Err(Failure::Refused(refusal)) => self.apply(Change::Linked(Link::Refused(refusal))),
            }
        });
    }

    /// The connection is lost; it is being made again.
    pub fn lost(self) {
        if self.peek(|state| state.link == Link::Live) {
            self.apply(Change::Linked(Link::Reconnecting));
        }
    }

    /// Posts a message: shown at once, sent at once if the server is there, otherwise on reconnection.
    pub fn post(self, room: RoomId, text: String) {
        let message = PostMessage { id: MessageId::new(), room, text };
        self.note(message.id, |_| {});
        self.apply(Change::Queued(Pending { message: message.clone(), at: platform::now(), refusal: None }));
        if self.peek(|state| state.link == Link::Live) {
            self.deliver(message);
        }
    }

    /// Sends a refused message again.
    pub fn retry(self, id: MessageId) {
        self.apply(Change::Retried(id));
        let message = self.peek(|state| state.unsent().into_iter().find(|message| message.id == id));
        if let Some(message) = message {
            self.deliver(message);
        }
    }

    /// Gives a message up that was not sent.
    pub fn discard(self, id: MessageId) {
        self.apply(Change::Discarded(id));
    }

    fn deliver(self, message: PostMessage) {
        let id = message.id;
        let reply = self.send(message.clone());
        self.note(id, |journey| journey.sent = Some(platform::now()));
        spawn_local(async move {
            match reply.await {
                Ok(posted) => {
                    self.note(id, |journey| journey.acknowledged = Some(platform::now()));
                    self.apply(Change::Acknowledged { id, posted });
                }
                Err(Failure::Refused(refusal)) => self.apply(Change::Refused { id, refusal }),
                // Under the same id it is stored once, however often it is sent. On a connection that
                // is new, what was written before it goes first.
                Err(Failure::Unreachable(Unreachable::Silent)) if self.peek(|state| state.link == Link::Live) => {
                    self.deliver(message);
                }
                // It stays pending and goes out again on reconnection.
                Err(Failure::Unreachable(_)) => {}
            }
        });
    }
}

fn keep_changes(outbox: Option<&Outbox>, before: &[Pending], now: &[Pending]) {
    let Some(outbox) = outbox else { return };
    for pending in now.iter().filter(|pending| !before.contains(pending)) {
        outbox.keep(pending);
    }
    let is_gone = |old: &&Pending| now.iter().all(|pending| pending.message.id != old.message.id);
    for old in before.iter().filter(is_gone) {
        outbox.forget(old.message.id);
    }
}
