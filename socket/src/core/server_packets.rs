//! What the server says in our namespace.

use std::time::Duration;

use serde_json::Value;

use super::state::State;
use super::{Core, limits};
use crate::codec::{Body, Packet};
use crate::incoming::{DisconnectReason, Event, Incoming};
use crate::outgoing::Reply;

impl Core {
    /// Packets of other namespaces are none of our business.
    pub(super) fn packet_received(&mut self, packet: Packet, now: Duration) {
        if packet.namespace != self.namespace {
            return;
        }
        match packet.body {
            Body::Connect(payload) => self.let_in(payload, now),
            Body::ConnectError { message, data } => self.refused(message, data, now),
            Body::Disconnect => self.dismissed(),
            Body::Event { name, args, attachments, ack } => {
                let ack = ack.map(|wire_id| self.questions.open(wire_id));
                self.event_received(Event { name, args, attachments, ack }, now);
            }
            Body::Ack { id, args, attachments } => {
                self.requests.resolve(id, Ok(Reply { args, attachments }));
            }
        }
    }

    /// Servers before Socket.IO 3 send no `sid`; we do not speak with them.
    fn let_in(&mut self, payload: Option<Value>, now: Duration) {
        let State::Joining { heartbeat, .. } = self.state else {
            return;
        };
        let field = |name| Some(payload.as_ref()?.get(name)?.as_str()?.to_owned());
        let Some(socket_id) = field("sid") else {
            let error = "the server let us in without an id; is it older than Socket.IO 3?";
            return self.lost(DisconnectReason::TransportError(error.to_owned()), now);
        };
        self.state = State::Connected { heartbeat };
        self.attempt = 0;
        let recovered = self.recovery.joined(field("pid"));
        self.tell(Incoming::Connected { socket_id, recovered });
        for event in std::mem::take(&mut self.early) {
            self.deliver(event);
        }
    }

    /// The server's answer will hardly change by itself, so by default the
    /// user decides when to ask again.
    fn refused(&mut self, message: String, data: Option<Value>, now: Duration) {
        if !matches!(self.state, State::Joining { .. }) {
            return;
        }
        self.end(DisconnectReason::TransportClosed);
        self.last_error = Some(message.clone());
        self.tell(Incoming::ConnectRefused { message, data });
        if self.retry_refused {
            self.retry(now);
        }
    }

    fn dismissed(&mut self) {
        if self.state.has_transport() {
            self.end(DisconnectReason::ServerDisconnect);
        }
    }

    fn event_received(&mut self, event: Event, now: Duration) {
        if self.is_connected() {
            self.deliver(event);
        } else if self.early.len() < limits::EARLY_EVENTS {
            self.early.push(event);
        } else {
            let error = "too many events before the connection was made";
            self.lost(DisconnectReason::TransportError(error.to_owned()), now);
        }
    }

    fn deliver(&mut self, event: Event) {
        self.recovery.saw(&event.args);
        self.tell(Incoming::Event(event));
    }
}
