//! A client under test: the core, its clock, and what came out of it.

use std::time::Duration;

use serde_json::{Value, json};
use socket::core::{Action, Core, Frame};
use socket::{Incoming, NotConnected, Options, Reply, RequestError};

/// Pings every 25 seconds, 20 seconds to answer: 45 seconds of patience.
pub(crate) const HANDSHAKE: &str = r#"0{"sid":"engine","upgrades":[],"pingInterval":25000,"pingTimeout":20000}"#;

pub(crate) const LET_IN: &str = r#"40/chat,{"sid":"david-1"}"#;

pub(crate) fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

pub(crate) fn options() -> Options {
    Options::new("ws://server", "/chat")
}

pub(crate) fn connected() -> Incoming {
    Incoming::Connected { socket_id: "david-1".into(), recovered: false }
}

pub(crate) struct Client {
    pub(crate) core: Core,
    pub(crate) now: Duration,
}

impl Client {
    /// One whose jitter always takes half of the longest delay.
    pub(crate) fn new(options: &Options) -> Self {
        Self { core: Core::new(options, || 0.5), now: seconds(1000) }
    }

    /// One that is connected, with everything until then taken out.
    pub(crate) fn connected() -> Self {
        let mut client = Self::new(&options());
        client.pass(Duration::ZERO);
        client.let_in();
        client.actions();
        client.told();
        client
    }

    /// The transport opens and the server lets the client in.
    pub(crate) fn let_in(&mut self) {
        self.core.transport_opened();
        self.receive(HANDSHAKE);
        self.receive(LET_IN);
    }

    pub(crate) fn pass(&mut self, duration: Duration) {
        self.now += duration;
        self.core.time_passed(self.now);
    }

    pub(crate) fn receive(&mut self, text: &str) {
        self.core.frame_received(Frame::Text(text.into()), self.now);
    }

    pub(crate) fn receive_binary(&mut self, bytes: &[u8]) {
        self.core.frame_received(Frame::Binary(bytes.into()), self.now);
    }

    pub(crate) fn lose_transport(&mut self) {
        self.core.transport_closed(None, self.now);
    }

    pub(crate) fn emit(&mut self, name: &str) -> Result<(), NotConnected> {
        self.core.emit(name, vec![], vec![], self.now)
    }

    pub(crate) fn request(&mut self, name: &str, timeout: Duration) -> Result<u64, NotConnected> {
        self.core.request(name, vec![json!(1)], vec![], timeout, self.now)
    }

    pub(crate) fn actions(&mut self) -> Vec<Action> {
        std::iter::from_fn(|| self.core.poll_action(true)).collect()
    }

    /// The text frames among the actions.
    pub(crate) fn sent(&mut self) -> Vec<String> {
        let text = |action| match action {
            Action::Send(Frame::Text(text)) => Some(text),
            _ => None,
        };
        self.actions().into_iter().filter_map(text).collect()
    }

    pub(crate) fn told(&mut self) -> Vec<Incoming> {
        std::iter::from_fn(|| self.core.poll_incoming()).collect()
    }

    pub(crate) fn resolved(&mut self) -> Vec<(u64, Result<Reply, RequestError>)> {
        std::iter::from_fn(|| self.core.poll_resolved()).collect()
    }

    /// How long until the core wants to be told the time.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        Some(self.core.next_deadline()?.saturating_sub(self.now))
    }
}

pub(crate) fn reply(args: Vec<Value>) -> Result<Reply, RequestError> {
    Ok(Reply { args, attachments: vec![] })
}

pub(crate) fn text(frame: &str) -> Action {
    Action::Send(Frame::Text(frame.into()))
}
