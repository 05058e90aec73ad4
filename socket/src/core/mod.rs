//! What the client decides, free of I/O: a state machine without clock, socket
//! or randomness of its own.
//!
//! Put in what happens (`transport_opened`, `frame_received`,
//! `transport_closed`, `time_passed`) and what the user wants (`emit`,
//! `request`, `reply`, `disconnect`, `reconnect_now`); take out what to do
//! (`poll_action`), what to tell (`poll_incoming`) and which requests are over
//! (`poll_resolved`). Times are durations since any fixed moment. Whatever is
//! put in, it does not panic and holds a bounded amount.

mod commands;
mod limits;
mod output;
mod questions;
mod recovery;
mod requests;
mod server_packets;
mod state;
mod timing;
mod transport;

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::Value;

use crate::codec::Assembler;
use crate::incoming::{Event, Incoming};
use crate::options::{Backoff, Options};
use crate::tap::Tap;
pub use output::{Action, Frame};
use questions::Questions;
use recovery::Recovery;
use requests::Requests;
use state::State;

/// One client of one namespace, through all its connections.
pub struct Core {
    namespace: String,
    auth: Option<Value>,
    backoff: Backoff,
    /// How long the first wait may be once the connection is lost, if that was said.
    return_within: Option<Duration>,
    connect_timeout: Duration,
    retry_refused: bool,
    random: Box<dyn FnMut() -> f64 + Send>,
    tap: Option<Tap>,

    state: State,
    /// Failed attempts since the last time the namespace was joined.
    attempt: u32,
    last_error: Option<String>,
    recovery: Recovery,
    assembler: Assembler,
    /// Events that came before the namespace was joined: what a recovered
    /// session missed is sent first.
    early: Vec<Event>,
    questions: Questions,
    requests: Requests,

    actions: VecDeque<Action>,
    incomings: VecDeque<Incoming>,
}

impl Core {
    /// A client that wants to open its transport at once. `random` returns
    /// numbers from 0 (inclusive) to 1 (exclusive), for the jitter.
    pub fn new(options: &Options, random: impl FnMut() -> f64 + Send + 'static) -> Self {
        Self {
            namespace: options.namespace.clone(),
            auth: options.auth.clone(),
            backoff: options.reconnect,
            return_within: None,
            connect_timeout: options.connect_timeout,
            retry_refused: options.retry_refused,
            random: Box::new(random),
            tap: None,
            state: State::Waiting { until: Duration::ZERO },
            attempt: 0,
            last_error: None,
            recovery: Recovery::default(),
            assembler: Assembler::default(),
            early: Vec::new(),
            questions: Questions::default(),
            requests: Requests::default(),
            actions: VecDeque::new(),
            incomings: VecDeque::new(),
        }
    }

    /// Whether events and requests can be sent.
    pub fn is_connected(&self) -> bool {
        matches!(self.state, State::Connected { .. })
    }

    /// Whether nothing will ever happen again and nothing is left to do.
    pub fn is_finished(&self) -> bool {
        let over = matches!(self.state, State::Stopping { .. } | State::Stopped);
        over && self.actions.is_empty()
    }

    /// Why the last attempt failed or the last connection ended, in words.
    pub fn last_error(&self) -> Option<&str> {
        self.last_error.as_deref()
    }
}
