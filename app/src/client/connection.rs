//! The connection of the chat: made once the outbox is open, and kept for as long as the page is.

use super::{Chat, Line};
use crate::{
    platform::{self, Outbox},
    state::{Change, Link},
};
use common::{Code, Refusal, ServerEvent};
use futures::{
    StreamExt,
    future::{Either, select},
};
use socket::{Incoming, Options, Socket};
use std::{pin::pin, time::Duration};

/// How long a page waits for its outbox before it connects, in milliseconds.
pub(super) const OUTBOX_OPENS_WITHIN: u32 = 1_000;

/// Opens the outbox, connects, and stays connected for as long as the page is open.
pub fn keep_connected(chat: Chat) {
    leptos::task::spawn_local(async move {
        let me = chat.peek(|state| state.me);
        // What an earlier page has left goes out before what is written now, unless the browser takes too long.
        let late = platform::sleep(OUTBOX_OPENS_WITHIN);
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

fn connect(chat: Chat) {
    let options =
        Options::new(platform::origin(), "/chat").auth(serde_json::json!({ "batch": true })).retry_refused(true);
    let Some((socket, mut incoming)) = platform::connect(options) else { return };
    chat.use_line(Line::new(socket.clone()));
    platform::hurry_when_back(&socket);
    leptos::task::spawn_local(async move {
        while let Some(news) = incoming.next().await {
            take(chat, &socket, news);
        }
    });
}

fn take(chat: Chat, socket: &Socket, news: Incoming) {
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
    let refusal: Refusal = platform::read(message)?;
    (!matches!(refusal.code, Code::Internal | Code::TooBusy | Code::TooFast)).then_some(refusal)
}

/// Only a missing session and a foreign page are final: bans end, and other connections close.
fn is_last_word(code: Code) -> bool {
    matches!(code, Code::NotSignedIn | Code::SessionExpired | Code::WrongOrigin)
}
