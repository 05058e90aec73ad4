//! The line of one browser to the server, and what comes over it.

use crate::{
    browser::Line,
    story,
    table::{Kind, Seat, Table},
};
use common::{
    Answer, Command, Refusal,
    announcements::{ANNOUNCED, Announcement},
    json,
    lobby::{Attribution, CHAT_MESSAGE, Namespace, WELCOME, Welcome},
};
use futures::StreamExt;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use socket::{DisconnectReason, Event, Incoming, Incomings, Options, Socket};
use wasm_bindgen_futures::spawn_local;

/// Why there is no reply.
pub enum Failure {
    Refused(Refusal),
    Unanswered,
}

/// A line, from the call to its end. Dropping it hangs up.
pub struct Call {
    /// There is one thread in a browser.
    socket: SendWrapper<Socket>,
}

impl Call {
    /// Sends a command, now and not when the future is first polled.
    pub fn ask<C: Command>(&self, command: &C) -> impl Future<Output = Result<C::Reply, Failure>> + use<C> {
        let payload = serde_json::to_value(command).map(|payload| vec![payload]).unwrap_or_default();
        let reply = self.socket.request(C::NAME, payload);
        async move {
            let reply = reply.await.map_err(|_| Failure::Unanswered)?;
            let answer = reply.args.into_iter().next().ok_or(Failure::Unanswered)?;
            let answer: Answer<C::Reply> = json::read(answer).map_err(|_| Failure::Unanswered)?;
            Result::from(answer).map_err(Failure::Refused)
        }
    }
}

/// Calls the server for a browser, and listens for as long as this is the browser's line.
pub fn call(table: Table, seat: Seat, namespace: Namespace) -> Call {
    let origin = window().location().origin().unwrap_or_default();
    let (socket, incomings) = socket::web::connect(Options::new(origin, namespace.path()));
    spawn_local(listen(table, seat, incomings, seat.turn()));
    Call { socket: SendWrapper::new(socket) }
}

async fn listen(table: Table, seat: Seat, mut incomings: Incomings, turn: u32) {
    while let Some(incoming) = incomings.next().await {
        if seat.turn() != turn {
            return;
        }
        match incoming {
            Incoming::Event(event) => hear(table, seat, event),
            Incoming::Disconnected { reason } => lose(table, seat, &reason),
            Incoming::ConnectRefused { message, .. } => turn_away(table, seat, &message),
            // It is in once the server has said under which name.
            Incoming::Connected { .. } | Incoming::Reconnecting { .. } => {}
        }
    }
}

fn hear(table: Table, seat: Seat, event: Event) {
    let mut args = event.args.into_iter();
    match event.name.as_str() {
        WELCOME => {
            if let Some(Ok(Welcome { you, namespace })) = args.next().map(json::read) {
                table.arrives(seat, you, namespace);
            }
        }
        CHAT_MESSAGE => {
            let (text, said) = (args.next().map(json::read::<String>), args.next().map(json::read::<Attribution>));
            if let (Some(Ok(text)), Some(Ok(said))) = (text, said) {
                table.hears(seat, text, said);
            }
        }
        ANNOUNCED => {
            if let Some(Ok(Announcement { text, .. })) = args.next().map(json::read) {
                table.tell(Kind::Talk, seat, story::announced(seat.number(), &text));
            }
        }
        _ => {}
    }
}

fn lose(table: Table, seat: Seat, reason: &DisconnectReason) {
    match reason {
        DisconnectReason::ServerDisconnect => {
            seat.update(|browser| browser.loses(Line::Cut));
            table.tell(Kind::No, seat, story::sent_away(seat.number()));
        }
        _ => {
            seat.update(|browser| browser.loses(Line::Lost));
            table.tell(Kind::Line, seat, story::lost(seat.number()));
        }
    }
}

fn turn_away(table: Table, seat: Seat, message: &str) {
    let refusal = serde_json::from_str(message).ok().and_then(|value| json::read::<Refusal>(value).ok());
    let reason = refusal.map_or_else(|| "The server does not say why.".to_owned(), |refusal| refusal.message);
    table.tell(Kind::No, seat, story::turned_away(seat.number(), &reason));
    seat.update(|browser| browser.loses(Line::Refused(reason)));
}
