//! How much is held at most.

use std::time::Duration;

/// Frames that wait to be written; beyond it nothing new is accepted.
pub(super) const QUEUED_FRAMES: usize = 4096;

/// Things that happened and were not yet looked at; beyond it the transport is
/// not read and no new one is opened.
pub(super) const INCOMINGS: usize = 1024;

/// Events that arrive before the namespace is joined; beyond it the server is
/// taken to be broken.
pub(super) const EARLY_EVENTS: usize = 1024;

/// Requests of ours without an answer; beyond it nothing new is accepted.
pub(super) const PENDING_REQUESTS: usize = 16_384;

/// Requests of the server that we have not answered; beyond it the oldest is
/// forgotten.
pub(super) const QUESTIONS: usize = 1024;

/// How long what is queued may take to leave after the user disconnects.
pub(super) const FAREWELL: Duration = Duration::from_secs(1);
