//! Whoever asks something of a room is in it. What changes a room decides this once more, in its transaction:
//! here those are turned away who have no business there, before anything is begun.

use super::{Link, Turn};
use crate::{error::Error, rooms::memberships};
use common::Refusal;
use futures::future::BoxFuture;

pub struct Membership;

impl Link for Membership {
    fn name(&self) -> &'static str {
        "membership"
    }

    fn turn<'a>(&'a self, turn: &'a Turn<'a>) -> Option<BoxFuture<'a, Result<(), Refusal>>> {
        let (room, person) = turn.room.zip(turn.entered.person)?;
        let changes = turn.entered.operations.broadcasts.audience_changes();
        if turn.entered.connection.is_known_in(room, changes) {
            return None;
        }
        Some(Box::pin(async move {
            let db = &turn.entered.operations.db;
            memberships::require(&db.read, person, room).await.map_err(Error::into_refusal)?;
            turn.entered.connection.know_in(room, changes);
            Ok(())
        }))
    }
}
