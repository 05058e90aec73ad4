//! What comes out of the core: things to do and things to tell.

use super::{Core, limits};
use crate::codec::engine::EnginePacket;
use crate::codec::{Packet, encode};
use crate::incoming::Incoming;
use crate::outgoing::{Reply, RequestError};
use crate::tap::{Tap, Tapped};

/// One WebSocket message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    Text(String),
    Binary(Vec<u8>),
}

/// What to do with the transport; there is one at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    Open,
    Send(Frame),
    /// After what was to be sent before. Forget the transport: nothing about
    /// it is to be reported any more.
    Close,
}

impl Core {
    /// The next thing to do. Frames are held back unless the transport
    /// `can_send`, and forgotten if it is lost meanwhile.
    pub fn poll_action(&mut self, can_send: bool) -> Option<Action> {
        let action = self.actions.pop_front_if(|action| can_send || !matches!(action, Action::Send(_)))?;
        match &action {
            Action::Open => self.tapped(Tapped::Opening),
            Action::Send(frame) => self.tapped(Tapped::Sent(frame)),
            Action::Close => {}
        }
        Some(action)
    }

    /// From now on this one listens in, or no one.
    pub fn tap(&mut self, tap: Option<Tap>) {
        self.tap = tap;
    }

    /// While no one listens in, this is a look at a field.
    pub(super) fn tapped(&mut self, heard: Tapped<'_>) {
        if let Some(tap) = &mut self.tap {
            tap(heard);
        }
    }

    pub fn poll_incoming(&mut self) -> Option<Incoming> {
        self.incomings.pop_front()
    }

    /// Whether something happened that was not looked at, or nothing ever will.
    pub fn has_news(&self) -> bool {
        !self.incomings.is_empty() || self.is_finished()
    }

    /// A request that is over, by the id that [`Core::request`] returned.
    pub fn poll_resolved(&mut self) -> Option<(u64, Result<Reply, RequestError>)> {
        self.requests.poll_resolved()
    }

    /// Whether the transport should be read: not while the user is far behind
    /// in looking at what happened, or the server in reading what we send.
    pub fn wants_frames(&self) -> bool {
        !self.is_congested() && self.actions.len() < limits::QUEUED_FRAMES
    }

    pub(super) fn is_congested(&self) -> bool {
        self.incomings.len() >= limits::INCOMINGS
    }

    pub(super) fn tell(&mut self, incoming: Incoming) {
        self.tapped(Tapped::Told(&incoming));
        self.incomings.push_back(incoming);
    }

    pub(super) fn send(&mut self, packet: Packet) {
        let (text, attachments) = encode(packet);
        self.send_engine(EnginePacket::Message(text));
        let frames = attachments.into_iter().map(Frame::Binary);
        self.actions.extend(frames.map(Action::Send));
    }

    pub(super) fn send_engine(&mut self, packet: EnginePacket) {
        self.actions.push_back(Action::Send(Frame::Text(packet.encode())));
    }

    /// Gives the transport up at once, with all that was still to be sent.
    pub(super) fn close_transport(&mut self) {
        self.actions.clear();
        self.actions.push_back(Action::Close);
    }
}
