//! What happens because time passes.

use std::time::Duration;

use super::state::State;
use super::{Action, Core};
use crate::incoming::DisconnectReason;

impl Core {
    /// When [`Core::time_passed`] should be called at the latest; asked again
    /// after every other call.
    pub fn next_deadline(&self) -> Option<Duration> {
        let state = match &self.state {
            State::Waiting { .. } if self.is_congested() => None,
            State::Waiting { until } => Some(*until),
            State::Opening { deadline } | State::Greeting { deadline } => Some(*deadline),
            State::Joining { deadline, heartbeat } => Some(*deadline.min(&heartbeat.deadline)),
            State::Connected { heartbeat } => Some(heartbeat.deadline),
            State::Stopping { deadline } if !self.actions.is_empty() => Some(*deadline),
            State::Parked | State::Stopping { .. } | State::Stopped => None,
        };
        state.into_iter().chain(self.requests.next_deadline()).min()
    }

    /// Does what was to be done by `now`.
    pub fn time_passed(&mut self, now: Duration) {
        self.requests.expire(now);
        match &self.state {
            State::Waiting { until } if *until <= now && !self.is_congested() => {
                self.open_transport(now);
            }
            State::Opening { deadline } | State::Greeting { deadline } if *deadline <= now => {
                self.too_late("the server did not answer in time", now);
            }
            State::Joining { deadline, .. } if *deadline <= now => {
                self.too_late("the server did not let us in in time", now);
            }
            State::Joining { heartbeat, .. } | State::Connected { heartbeat } if heartbeat.deadline <= now => {
                self.lost(DisconnectReason::PingTimeout, now);
            }
            State::Stopping { deadline } if *deadline <= now => {
                self.actions.retain(|action| *action == Action::Close);
                self.state = State::Stopped;
            }
            _ => {}
        }
    }

    fn too_late(&mut self, error: &str, now: Duration) {
        self.lost(DisconnectReason::TransportError(error.to_owned()), now);
    }
}
