//! What holds whatever happens, in whatever order.

use std::collections::BTreeSet;
use std::time::Duration;

use proptest::prelude::*;
use socket::core::{Action, Core, Frame};
use socket::{Backoff, DisconnectReason, Incoming};

use crate::harness::{HANDSHAKE, LET_IN, options, seconds};

/// One thing that happens to the core. `Many` repeat, to run into the limits.
#[derive(Clone, Debug)]
enum Step {
    Pass(Duration),
    Opened,
    Closed(Option<String>),
    Text(String),
    Binary(Vec<u8>),
    ManyTexts(String, usize),
    ManyEmits(usize),
    Emit(usize),
    Request(Duration),
    Reply(u64),
    SetAuth,
    ReconnectNow,
    Disconnect,
    PollActions(usize),
    PollIncomings(usize),
}

fn frame() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(HANDSHAKE.to_owned()),
        4 => Just(LET_IN.to_owned()),
        1 => Just(r#"40/chat,{"sid":"a","pid":"b"}"#.to_owned()),
        1 => Just(r#"44/chat,{"message":"no"}"#.to_owned()),
        1 => Just("41/chat,".to_owned()),
        2 => Just("2".to_owned()),
        1 => Just("1".to_owned()),
        2 => Just(r#"42/chat,["news","offset"]"#.to_owned()),
        2 => Just(r#"42/chat,5["ask"]"#.to_owned()),
        2 => Just(r#"452-/chat,["two",{"_placeholder":true,"num":1}]"#.to_owned()),
        2 => (0..9_u64).prop_map(|id| format!("43/chat,{id}[]")),
        1 => "[0-7]{0,3}(/chat,)?[0-9]?[\\[\\{]?.{0,6}",
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..60_000_u64).prop_map(|milliseconds| Step::Pass(Duration::from_millis(milliseconds))),
        6 => Just(Step::Opened),
        2 => any::<Option<String>>().prop_map(Step::Closed),
        16 => frame().prop_map(Step::Text),
        2 => any::<Vec<u8>>().prop_map(Step::Binary),
        1 => (frame(), 0..3000_usize).prop_map(|(frame, times)| Step::ManyTexts(frame, times)),
        1 => (0..6000_usize).prop_map(Step::ManyEmits),
        2 => (0..3_usize).prop_map(Step::Emit),
        4 => (0..20_000_u64).prop_map(|milliseconds| Step::Request(Duration::from_millis(milliseconds))),
        2 => (0..5_u64).prop_map(Step::Reply),
        1 => Just(Step::SetAuth),
        2 => Just(Step::ReconnectNow),
        1 => Just(Step::Disconnect),
        4 => (0..50_usize).prop_map(Step::PollActions),
        4 => (0..50_usize).prop_map(Step::PollIncomings),
    ]
}

/// The core, with what must be remembered to judge it.
struct Watched {
    core: Core,
    now: Duration,
    has_transport: bool,
    is_connected: bool,
    pending: BTreeSet<u64>,
}

impl Watched {
    fn new() -> Self {
        let backoff = Backoff { base: seconds(1), cap: seconds(10) };
        let core = Core::new(&options().reconnect(backoff), || 0.5);
        Self { core, now: seconds(1), has_transport: false, is_connected: false, pending: BTreeSet::new() }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Pass(duration) => self.now += duration,
            Step::Opened => self.core.transport_opened(),
            Step::Closed(error) => self.core.transport_closed(error, self.now),
            Step::Text(text) => self.receive(Frame::Text(text)),
            Step::Binary(bytes) => self.receive(Frame::Binary(bytes)),
            Step::ManyTexts(text, times) => (0..times).for_each(|_| self.receive(Frame::Text(text.clone()))),
            Step::ManyEmits(times) => (0..times).for_each(|_| self.emit(0)),
            Step::Emit(attachments) => self.emit(attachments),
            Step::Request(timeout) => self.request(timeout),
            Step::Reply(ack) => self.core.reply(ack, vec![], vec![]),
            Step::SetAuth => self.core.set_auth(None),
            Step::ReconnectNow => self.core.reconnect_now(self.now),
            Step::Disconnect => self.core.disconnect(self.now),
            Step::PollActions(count) => (0..count).for_each(|_| self.poll_action()),
            Step::PollIncomings(count) => (0..count).for_each(|_| self.poll_incoming()),
        }
        self.settle();
    }

    /// As the driver does: frames only while they are wanted.
    fn receive(&mut self, frame: Frame) {
        if self.core.wants_frames() {
            self.core.frame_received(frame, self.now);
        }
    }

    fn emit(&mut self, attachments: usize) {
        let sent = self.core.emit("a", vec![], vec![vec![0]; attachments], self.now);
        assert!(sent.is_err() || self.core.is_connected());
    }

    fn request(&mut self, timeout: Duration) {
        if let Ok(id) = self.core.request("a", vec![], vec![], timeout, self.now) {
            assert!(self.pending.insert(id), "an id is used twice");
        }
    }

    /// A transport is opened only when there is none, and frames go only into one.
    fn poll_action(&mut self) {
        match self.core.poll_action(true) {
            Some(Action::Open) => assert!(!std::mem::replace(&mut self.has_transport, true)),
            Some(Action::Send(_)) => assert!(self.has_transport),
            Some(Action::Close) => self.has_transport = false,
            None => {}
        }
    }

    /// `Connected` and `Disconnected` alternate, and events come in between.
    fn poll_incoming(&mut self) {
        match self.core.poll_incoming() {
            Some(Incoming::Connected { .. }) => assert!(!std::mem::replace(&mut self.is_connected, true)),
            Some(Incoming::Disconnected { reason: DisconnectReason::ServerDisconnect }) => self.is_connected = false,
            Some(Incoming::Disconnected { .. }) => assert!(std::mem::replace(&mut self.is_connected, false)),
            Some(Incoming::Event(_)) => assert!(self.is_connected),
            Some(Incoming::ConnectRefused { .. } | Incoming::Reconnecting { .. }) => assert!(!self.is_connected),
            None => {}
        }
    }

    /// When told the time the core does all that is due, and every request is
    /// resolved once.
    fn settle(&mut self) {
        self.core.time_passed(self.now);
        assert!(self.core.next_deadline().is_none_or(|deadline| deadline > self.now));
        while let Some((id, _)) = self.core.poll_resolved() {
            assert!(self.pending.remove(&id), "a request is resolved twice");
        }
        assert!(self.core.is_connected() || self.pending.is_empty());
    }

    /// Takes everything out; returns how much there was.
    fn drain(&mut self) -> (usize, usize) {
        let actions = std::iter::from_fn(|| self.core.poll_action(true)).count();
        let incomings = std::iter::from_fn(|| self.core.poll_incoming()).count();
        (actions, incomings)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_happens_the_core_keeps_its_laws(steps in prop::collection::vec(step(), 0..120)) {
        let mut client = Watched::new();
        for step in steps {
            client.take(step);
        }
        let (actions, incomings) = client.drain();
        prop_assert!(actions <= 4096 + 16, "{} actions", actions);
        prop_assert!(incomings <= 1024 + 1024 + 16, "{} incomings", incomings);
    }

    #[test]
    fn whatever_happened_leaving_ends_it(steps in prop::collection::vec(step(), 0..60)) {
        let mut client = Watched::new();
        for step in steps {
            client.take(step);
        }
        client.take(Step::Disconnect);
        client.drain();
        prop_assert!(client.core.is_finished());
        prop_assert_eq!(client.core.next_deadline(), None);
        prop_assert!(client.pending.is_empty());
    }
}
