//! What the chat keeps in mind besides what it shows.

use crate::state::Pending;
use common::{MessageId, Millis, RoomId, delivery::LogPosition};

/// How many journeys of this page's messages are kept.
const JOURNEYS_KEPT: usize = 100;

#[derive(Default)]
pub(super) struct SessionState {
    /// The rooms whose missed events are being fetched.
    pub catching_up: Vec<RoomId>,
    /// The ways of the last messages that this page has sent, the newest first.
    journeys: Vec<(MessageId, Journey)>,
    /// What was on its way when that was last looked at.
    pub pending: Vec<Pending>,
    /// What the server was told on this connection of how far this client has come.
    pub reported: Vec<LogPosition>,
    /// Whether it will be told soon.
    pub report_is_due: bool,
    /// The server has asked to be sent messages more slowly: they wait until all are sent again, in order.
    pub is_held_back: bool,
    /// How far the server's clock is ahead of ours.
    pub server_ahead: Millis,
}

/// When a message went from step to step, by our clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Journey {
    pub typed: Millis,
    /// Handed to a connection, the last time if there were several.
    pub sent: Option<Millis>,
    pub acknowledged: Option<Millis>,
}

impl SessionState {
    /// The way that a message of this page has come.
    pub fn journey(&self, id: MessageId) -> Option<Journey> {
        Some(self.journeys.iter().find(|(of, _)| *of == id)?.1)
    }

    /// The journey of a message, to note a step; the first step begins it.
    pub fn on_its_way(&mut self, id: MessageId) -> &mut Journey {
        let place = self.journeys.iter().position(|(of, _)| *of == id).unwrap_or_else(|| {
            self.journeys.truncate(JOURNEYS_KEPT - 1);
            self.journeys.insert(0, (id, Journey { typed: id.made_at(), sent: None, acknowledged: None }));
            0
        });
        &mut self.journeys[place].1
    }
}
