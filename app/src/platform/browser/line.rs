//! The connections to the server.

use super::{page::read, place::origin};
use crate::{
    client::{Chat, Unreachable},
    console::ConsoleNews,
    platform::Outbox,
    state::{Change, Link},
};
use common::{Code, Refusal, ServerEvent};
use futures::{
    StreamExt,
    future::{Either, select},
};
use leptos::{ev, prelude::*};
use socket::{Incoming, RequestError, Socket, Tap};
use std::{pin::pin, time::Duration};
use wasm_bindgen::JsCast;

/// How long a page waits for its outbox before it connects, in milliseconds.
pub(super) const OUTBOX_OPENS_WITHIN: u32 = 1_000;

/// The connection to the server.
#[derive(Clone)]
pub struct Line(Socket);

impl Line {
    /// Sends a command; it is on its way, behind those before it, when this returns.
    pub fn request(
        &self,
        name: &str,
        payload: serde_json::Value,
    ) -> impl Future<Output = Result<serde_json::Value, Unreachable>> + use<> {
        let reply = self.0.request(name, vec![payload]);
        async move {
            let reply = reply.await.map_err(|error| match error {
                RequestError::TimedOut => Unreachable::Silent,
                RequestError::NotConnected | RequestError::Disconnected => Unreachable::Away,
            })?;
            reply.args.into_iter().next().ok_or(Unreachable::Silent)
        }
    }

    /// Leaves for good.
    pub fn leave(&self) {
        self.0.disconnect();
    }

    /// No need to wait for the next attempt.
    pub fn hurry(&self) {
        self.0.reconnect_now();
    }
}

/// Opens a line to the console's namespace, with what comes over it told to `take`.
pub fn console_line(take: impl Fn(ConsoleNews) + 'static) -> Option<Line> {
    let options = socket::Options::new(origin(), "/admin").retry_refused(true);
    let (socket, mut incoming) = socket::web::connect(options);
    let line = Line(socket.clone());
    leptos::task::spawn_local(async move {
        while let Some(news) = incoming.next().await {
            match news {
                Incoming::Connected { .. } => take(ConsoleNews::Open),
                Incoming::Event(event) => {
                    take(ConsoleNews::Event(event.name, event.args.into_iter().next().unwrap_or_default()));
                }
                Incoming::ConnectRefused { message, .. } => match read::<Refusal>(&message) {
                    Some(refusal) => take(ConsoleNews::Refused(refusal)),
                    None => take(ConsoleNews::Lost),
                },
                // Why, the door says.
                Incoming::Disconnected { reason: socket::DisconnectReason::ServerDisconnect } => {
                    take(ConsoleNews::Lost);
                    socket.reconnect_now();
                }
                Incoming::Disconnected { .. } | Incoming::Reconnecting { .. } => take(ConsoleNews::Lost),
            }
        }
    });
    Some(line)
}

impl Line {
    /// Listens in on what goes over the line, in place of who did so before.
    pub fn tap(&self, tap: Option<Tap>) {
        self.0.tap(tap);
    }
}

/// Opens the outbox, connects, and stays connected for as long as the page is open.
pub fn keep_connected(chat: Chat) {
    leptos::task::spawn_local(async move {
        let me = chat.peek(|state| state.me);
        // What an earlier page has left goes out before what is written now, unless the browser takes too long.
        let late = gloo_timers::future::TimeoutFuture::new(OUTBOX_OPENS_WITHIN);
        match select(pin!(Outbox::open(me)), late).await {
            Either::Left((Some(outbox), _)) => chat.use_outbox(outbox).await,
            Either::Left((None, _)) => leptos::logging::warn!("this browser does not keep what is on its way"),
            Either::Right(((), opening)) => {
                connect(chat);
                if let Some(outbox) = opening.await {
                    chat.use_outbox(outbox).await;
                }
                return;
            }
        }
        connect(chat);
    });
}

pub(super) fn connect(chat: Chat) {
    let origin = window().location().origin().unwrap_or_default();
    let options = socket::Options::new(origin, "/chat").auth(serde_json::json!({ "batch": true })).retry_refused(true);
    let (socket, mut incoming) = socket::web::connect(options);
    chat.use_line(Line(socket.clone()));
    hurry_when_back(&socket);
    leptos::task::spawn_local(async move {
        while let Some(news) = incoming.next().await {
            take(chat, &socket, news);
        }
    });
}

pub(super) fn take(chat: Chat, socket: &Socket, news: Incoming) {
    match news {
        Incoming::Connected { .. } => chat.resume(),
        Incoming::Event(event) => {
            let payload = event.args.into_iter().next().unwrap_or_default();
            for read in ServerEvent::read_all(&event.name, payload) {
                match read {
                    Ok(Some(ServerEvent::ServerStopping(stopping))) => {
                        socket.return_within(Duration::from_millis(stopping.return_within.unsigned_abs()));
                    }
                    Ok(Some(event)) => chat.hear(event),
                    Ok(None) => leptos::logging::log!("an event that this version does not know: {}", event.name),
                    Err(error) => leptos::logging::warn!("{} could not be read: {error}", event.name),
                }
            }
        }
        Incoming::ConnectRefused { message, .. } => match refusal_to_show(&message) {
            Some(refusal) => {
                if is_last_word(refusal.code) {
                    socket.disconnect();
                }
                chat.apply(Change::Linked(Link::Refused(refusal)));
            }
            None => chat.lost(),
        },
        Incoming::Disconnected { .. } | Incoming::Reconnecting { .. } => chat.lost(),
    }
}

/// The text of a CONNECT_ERROR is a refusal as JSON. A server that is about to stop, or in trouble, is asked
/// again without a word.
fn refusal_to_show(message: &str) -> Option<Refusal> {
    let refusal: Refusal = read(message)?;
    (!matches!(refusal.code, Code::Internal | Code::TooBusy | Code::TooFast)).then_some(refusal)
}

/// Only that of somebody who has to sign in, or of a foreign page, is the last word: bans end, and others leave.
fn is_last_word(code: Code) -> bool {
    matches!(code, Code::NotSignedIn | Code::SessionExpired | Code::WrongOrigin)
}

/// The network is back, or somebody looks at the page again: no need to wait for the next attempt.
pub(super) fn hurry_when_back(socket: &Socket) {
    let on_network = socket.clone();
    let _while_the_page_lives = window_event_listener(ev::online, move |_| on_network.reconnect_now());
    let on_sight = socket.clone();
    let look = wasm_bindgen::closure::Closure::<dyn Fn()>::new(move || {
        if document().visibility_state() == web_sys::VisibilityState::Visible && !on_sight.is_connected() {
            on_sight.reconnect_now();
        }
    });
    let listener = look.as_ref().unchecked_ref();
    if document().add_event_listener_with_callback("visibilitychange", listener).is_err() {
        leptos::logging::warn!("cannot tell when the page is looked at");
    }
    // It lives as long as the page.
    look.forget();
}
