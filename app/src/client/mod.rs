//! The chat: the handle through which components read state and do things.

mod catching_up;
#[cfg(feature = "browser")]
mod connection;
mod dialogs;
mod line;
mod outgoing;
mod panels;
mod reading;
mod session;
mod status;
mod uploads;

#[cfg(feature = "browser")]
pub use connection::keep_connected;
pub use dialogs::{DialogKind, OpenDialog};
pub use line::Line;
pub use panels::{OpenPanel, PanelKind};
pub use session::Journey;
pub use status::{conversation_status, in_words, is_signed_out};
pub use uploads::{Key, State, Upload, Uploads};

use crate::{
    failure::{Failure, Unreachable},
    platform::{self, Outbox},
    state::{Change, ChatState, Conversation, Link},
};
use common::{Answer, Command, Millis, RoomId, ServerEvent, json, messages::Message, page::Snapshot};
use futures::future::LocalBoxFuture;
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;
use session::SessionState;
use socket::Tap;

/// State and connection, handed to every component through context. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Chat {
    state: RwSignal<ChatState>,
    /// The state's own count of what changed besides what comes and goes.
    altered: RwSignal<u32>,
    line: StoredValue<Option<Line>>,
    /// A message that its author took back to change it.
    recalled: RwSignal<Option<(Conversation, String)>>,
    /// Keeps what is pending, once it is open.
    outbox: StoredValue<Option<Outbox>>,
    session: StoredValue<SessionState>,
    /// The files that go up, or wait for their message.
    pub uploads: Uploads,
    /// Why something was not done, as long as it is shown.
    notice: RwSignal<Option<String>>,
    /// The room that is open, for a snapshot after a reconnection to come with it.
    open: RwSignal<Option<RoomId>>,
    /// What is done with each message that comes, while it comes.
    on_message: StoredValue<Option<Callback<Message>>>,
}

/// The chat of the page that this component is on.
pub fn use_chat() -> Chat {
    expect_context()
}

impl Chat {
    pub fn new(snapshot: Snapshot) -> Self {
        Self {
            state: RwSignal::new(ChatState::new(snapshot)),
            altered: RwSignal::new(0),
            line: StoredValue::new(None),
            recalled: RwSignal::new(None),
            outbox: StoredValue::new(None),
            session: StoredValue::new(SessionState::default()),
            uploads: Uploads::new(),
            notice: RwSignal::new(None),
            open: RwSignal::new(None),
            on_message: StoredValue::new(None),
        }
    }

    /// A part of the state that is drawn again only when it differs.
    pub fn select<T: PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&ChatState) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        self.selected(Box::new(part))
    }

    /// Boxed, like [`crate::ui::text`]: the code is there once for all selections of a type.
    fn selected<T: PartialEq + Send + Sync + 'static>(
        self,
        part: Box<dyn Fn(&ChatState) -> T + Send + Sync>,
    ) -> Memo<T> {
        Memo::new(move |_| self.state.with(&part))
    }

    /// The same for what is said of people and of messages that are there already, which new messages,
    /// and who types or reads or is online, leave as it is: so they cost nothing here, of which each row of
    /// a conversation has some.
    pub fn select_lasting<T: PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&ChatState) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        self.selected_lasting(Box::new(part))
    }

    fn selected_lasting<T: PartialEq + Send + Sync + 'static>(
        self,
        part: Box<dyn Fn(&ChatState) -> T + Send + Sync>,
    ) -> Memo<T> {
        Memo::new(move |_| {
            self.altered.track();
            self.state.with_untracked(&part)
        })
    }

    /// Whether the server can be asked now.
    pub fn is_live(self) -> Memo<bool> {
        self.select(|state| state.link == Link::Live)
    }

    /// Reads the state and follows it.
    pub fn with<T>(self, part: impl FnOnce(&ChatState) -> T) -> T {
        looked(part, |look| self.state.with(|state| look(state)))
    }

    /// Reads the state without following it.
    pub fn peek<T>(self, part: impl FnOnce(&ChatState) -> T) -> T {
        looked(part, |look| self.state.with_untracked(|state| look(state)))
    }

    pub fn apply(self, change: Change) {
        let done = self.state.try_update(|state| (state.reduce(change), state.altered));
        // Otherwise the page is being left.
        let Some((hole, altered)) = done else { return };
        if altered != self.altered.get_untracked() {
            self.altered.set(altered);
        }
        if let Some(room) = hole {
            self.catch_up(room);
        }
        self.fill_outbox();
        self.report_soon();
    }

    pub fn hear(self, event: ServerEvent) {
        if let ServerEvent::MessagePosted(message) = &event
            && let Some(on_message) = self.on_message.get_value()
        {
            on_message.run(message.clone());
        }
        if let ServerEvent::Announced(announcement) = &event {
            let by = self.peek(|state| state.person(announcement.by));
            let by = by.as_ref().map_or("Someone", |by| by.name.as_str());
            self.say(Some([by, ": ", &announcement.text].concat()));
        }
        let is_about_blocks = matches!(event, ServerEvent::PersonBlocked(_));
        self.apply(Change::Event { event, at: platform::now() });
        if is_about_blocks {
            self.recount();
        }
    }

    /// Has something done with each message that comes from now on, instead of what was done before.
    pub fn on_message(self, act: Option<Callback<Message>>) {
        self.on_message.try_set_value(act);
    }

    /// What the server's clock shows now, as far as is known here.
    pub fn server_now(self) -> Millis {
        platform::now() + self.session.with_value(|session| session.server_ahead)
    }

    pub fn use_line(self, line: Line) {
        self.line.set_value(Some(line));
    }

    /// Taps the connection, or removes the tap. Returns whether there is a connection.
    pub fn tap(self, tap: Option<Tap>) -> bool {
        self.line.try_with_value(|line| line.as_ref().map(|line| line.tap(tap))).flatten().is_some()
    }

    /// Which room is on the screen.
    pub fn show(self, room: Option<RoomId>) {
        if let Some(room) = room {
            platform::remember_room(room);
        }
        self.open.set(room);
    }

    pub fn shown(self) -> Option<RoomId> {
        self.open.get()
    }

    /// The same, without following it.
    pub fn peek_shown(self) -> Option<RoomId> {
        self.open.get_untracked()
    }

    /// Sends a command. It is on its way, behind those before it, when this returns.
    pub fn send<C: Command>(self, command: C) -> impl Future<Output = Result<C::Reply, Failure>> + use<C> {
        let reply = self.ask(C::NAME, serde_json::to_value(command).ok());
        async move { json::read(reply.await?).map_err(|_| Unreachable::Silent.into()) }
    }

    /// Sends a command from whose reply nothing is learnt, and says so if it was not done.
    pub fn attempt<C: Command<Reply = ()>>(self, command: C) {
        let reply = self.ask(C::NAME, serde_json::to_value(command).ok());
        spawn_local(async move {
            let failure = reply.await.err();
            self.say(failure.map(|failure| failure.sentence()));
        });
    }

    /// Shows a sentence, or none.
    pub fn say(self, sentence: Option<String>) {
        self.notice.try_set(sentence);
    }

    /// The sentence that is shown.
    pub fn notice(self) -> Option<String> {
        self.notice.get()
    }

    /// What is the same for all commands, so that its code is there once.
    fn ask(self, name: &'static str, payload: Option<Value>) -> LocalBoxFuture<'static, Result<Value, Failure>> {
        ask(self.line, name, payload)
    }
}

/// Sends a command over a line, if there is one.
pub fn ask(
    line: StoredValue<Option<Line>>,
    name: &'static str,
    payload: Option<Value>,
) -> LocalBoxFuture<'static, Result<Value, Failure>> {
    let reply = line.try_with_value(|line| Some(line.as_ref()?.request(name, payload?))).flatten();
    Box::pin(async move {
        let reply = reply.ok_or(Unreachable::Away)?.await?;
        let answer: Answer<Value> = json::read(reply).map_err(|_| Unreachable::Silent)?;
        Result::from(answer).map_err(Failure::Refused)
    })
}

/// Reads a part of the state by way of a function that does not know which: a signal's own functions are
/// there once, not once for each part that is read.
fn looked<T>(part: impl FnOnce(&ChatState) -> T, with: impl FnOnce(&mut dyn FnMut(&ChatState))) -> T {
    let (mut part, mut found) = (Some(part), None);
    with(&mut |state| found = part.take().map(|part| part(state)));
    match found {
        Some(found) => found,
        None => unreachable!("a signal calls back once"),
    }
}
