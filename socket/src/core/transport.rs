//! What happens to the transport, and how connections begin and end.

use std::time::Duration;

use super::Core;
use super::output::{Action, Frame};
use super::state::{Heartbeat, State};
use crate::codec::engine::{EnginePacket, Handshake};
use crate::codec::{Assembler, Body, DecodeError, Packet};
use crate::incoming::{DisconnectReason, Incoming};
use crate::options::Backoff;
use crate::tap::Tapped;

impl Core {
    pub(super) fn open_transport(&mut self, now: Duration) {
        let deadline = now.saturating_add(self.connect_timeout);
        self.state = State::Opening { deadline };
        self.actions.push_back(Action::Open);
    }

    /// The transport that was to be opened is open.
    pub fn transport_opened(&mut self) {
        if let State::Opening { deadline } = self.state {
            self.state = State::Greeting { deadline };
        }
    }

    /// The transport is gone, or could not be opened; `error` says why, in words.
    pub fn transport_closed(&mut self, error: Option<String>, now: Duration) {
        match self.state {
            State::Opening { .. } => {}
            State::Stopping { .. } => return self.actions.clear(),
            _ if self.state.has_transport() => {}
            _ => return,
        }
        self.lost(error.map_or(DisconnectReason::TransportClosed, DisconnectReason::TransportError), now);
    }

    /// A message came in. Whatever it contains, the worst that can happen is
    /// that the connection is closed.
    pub fn frame_received(&mut self, frame: Frame, now: Duration) {
        if !self.state.has_transport() {
            return;
        }
        self.tapped(Tapped::Received(&frame));
        let understood = match frame {
            Frame::Text(text) => self.text_received(&text, now),
            Frame::Binary(bytes) => self.binary_received(bytes, now),
        };
        if let Err(error) = understood {
            self.lost(DisconnectReason::TransportError(error.to_string()), now);
        }
    }

    fn text_received(&mut self, text: &str, now: Duration) -> Result<(), DecodeError> {
        match EnginePacket::decode(text)? {
            EnginePacket::Open(handshake) => self.greeted(&handshake, now),
            EnginePacket::Close => self.lost(DisconnectReason::TransportClosed, now),
            EnginePacket::Ping(data) => self.pinged(data, now),
            EnginePacket::Message(message) => {
                if let Some(packet) = self.assembler.text(&message)? {
                    self.packet_received(packet, now);
                }
            }
            EnginePacket::Pong(_) | EnginePacket::Upgrade | EnginePacket::Noop => {}
        }
        Ok(())
    }

    fn binary_received(&mut self, bytes: Vec<u8>, now: Duration) -> Result<(), DecodeError> {
        if let Some(packet) = self.assembler.binary(bytes)? {
            self.packet_received(packet, now);
        }
        Ok(())
    }

    /// Asks to be let into the namespace. A second handshake means nothing.
    fn greeted(&mut self, handshake: &Handshake, now: Duration) {
        let State::Greeting { deadline } = self.state else {
            return;
        };
        let heartbeat = Heartbeat::new(handshake.patience(), now);
        self.state = State::Joining { deadline, heartbeat };
        let credentials = self.recovery.credentials(self.auth.as_ref());
        self.send(Packet::new(&self.namespace, Body::Connect(credentials)));
    }

    fn pinged(&mut self, data: String, now: Duration) {
        if let State::Joining { heartbeat, .. } | State::Connected { heartbeat } = &mut self.state {
            heartbeat.pinged(now);
            self.send_engine(EnginePacket::Pong(data));
        }
    }

    /// The connection, or the attempt to make one, failed: try again later.
    pub(super) fn lost(&mut self, reason: DisconnectReason, now: Duration) {
        self.end(reason);
        self.retry(now);
    }

    /// Ends the connection, if there is one, and the transport.
    pub(super) fn end(&mut self, reason: DisconnectReason) {
        self.close_transport();
        self.forget_connection();
        self.last_error = Some(reason.to_string());
        if self.is_connected() {
            self.tell(Incoming::Disconnected { reason });
        }
        self.state = State::Parked;
    }

    /// Drops what belongs to one connection only.
    pub(super) fn forget_connection(&mut self) {
        self.assembler = Assembler::default();
        self.early.clear();
        self.questions.connection_lost();
        self.requests.connection_lost();
    }

    pub(super) fn retry(&mut self, now: Duration) {
        self.attempt = self.attempt.saturating_add(1);
        let attempt = self.attempt;
        let once = self.return_within.take().map(|within| Backoff { base: within, cap: within });
        let delay = once.unwrap_or(self.backoff).delay(attempt, (self.random)());
        self.state = State::Waiting { until: now.saturating_add(delay) };
        self.tell(Incoming::Reconnecting { attempt, delay });
    }
}
