//! Opens a room that you have just created, joined or started.

use super::path_of;
use crate::{client::Chat, failure::Failure, state::Change};
use common::rooms::RoomSummary;
use leptos::prelude::*;

/// Opens the room once the server confirms it. Otherwise the problem says why not.
pub async fn entered(
    chat: Chat,
    reply: impl Future<Output = Result<RoomSummary, Failure>>,
    problem: RwSignal<Option<String>>,
) -> Option<String> {
    match reply.await {
        Ok(summary) => {
            let path = path_of(summary.id);
            chat.apply(Change::Entered(summary));
            Some(path)
        }
        Err(failure) => {
            problem.try_set(Some(failure.sentence()));
            None
        }
    }
}
