//! What the user wants.

use std::time::Duration;

use serde_json::Value;

use super::state::State;
use super::{Core, limits};
use crate::codec::{Body, Packet};
use crate::incoming::{DisconnectReason, Incoming};
use crate::outgoing::NotConnected;

impl Core {
    /// Sends an event.
    ///
    /// # Errors
    /// If there is no connection, or too much is queued already.
    pub fn emit(
        &mut self,
        name: &str,
        args: Vec<Value>,
        attachments: Vec<Vec<u8>>,
        now: Duration,
    ) -> Result<(), NotConnected> {
        self.accept(now)?;
        self.send_event(name, args, attachments, None);
        Ok(())
    }

    /// Sends an event that asks for an answer, and returns the id under which
    /// [`Core::poll_resolved`] will report it.
    ///
    /// # Errors
    /// If there is no connection, or too much is queued or unanswered already.
    pub fn request(
        &mut self,
        name: &str,
        args: Vec<Value>,
        attachments: Vec<Vec<u8>>,
        timeout: Duration,
        now: Duration,
    ) -> Result<u64, NotConnected> {
        self.accept(now)?;
        if self.requests.is_full() {
            return Err(NotConnected);
        }
        let id = self.requests.begin(now.saturating_add(timeout));
        self.send_event(name, args, attachments, Some(id));
        Ok(id)
    }

    /// Answers a request of the server, unless it was answered or its
    /// connection is gone.
    pub fn reply(&mut self, ack: u64, args: Vec<Value>, attachments: Vec<Vec<u8>>) {
        if !self.is_connected() {
            return;
        }
        if let Some(id) = self.questions.close(ack) {
            let body = Body::Ack { id, args, attachments };
            self.send(Packet::new(&self.namespace, body));
        }
    }

    /// Leaves for good. What was sent before still goes out, if it can soon.
    pub fn disconnect(&mut self, now: Duration) {
        if matches!(self.state, State::Stopping { .. } | State::Stopped) {
            return;
        }
        if self.is_connected() {
            let reason = DisconnectReason::ClientDisconnect;
            self.tell(Incoming::Disconnected { reason });
            self.send(Packet::new(&self.namespace, Body::Disconnect));
            self.actions.push_back(super::Action::Close);
        } else {
            self.close_transport();
        }
        self.forget_connection();
        let deadline = now.saturating_add(limits::FAREWELL);
        self.state = State::Stopping { deadline };
    }

    /// Connects without waiting any longer, if there is no connection and no
    /// attempt under way; the back-off starts again from its base.
    pub fn reconnect_now(&mut self, now: Duration) {
        if matches!(self.state, State::Waiting { .. } | State::Parked) {
            self.attempt = 0;
            self.state = State::Waiting { until: now };
        }
    }

    /// When the connection is lost the next time, the wait is anything between nothing and this.
    pub fn return_within(&mut self, longest: Duration) {
        self.return_within = Some(longest);
    }

    /// The credentials to join the namespace with from the next time on.
    pub fn set_auth(&mut self, auth: Option<Value>) {
        self.auth = auth;
    }

    /// Notices first if the connection has died of age meanwhile, so that
    /// nothing is written into it after a machine wakes up.
    fn accept(&mut self, now: Duration) -> Result<(), NotConnected> {
        self.time_passed(now);
        match self.is_connected() && self.actions.len() < limits::QUEUED_FRAMES {
            true => Ok(()),
            false => Err(NotConnected),
        }
    }

    fn send_event(&mut self, name: &str, args: Vec<Value>, attachments: Vec<Vec<u8>>, ack: Option<u64>) {
        let name = name.to_owned();
        let body = Body::Event { name, args, attachments, ack };
        self.send(Packet::new(&self.namespace, body));
    }
}
