//! Requires membership for commands about a room. Verbs that change a room check it again in their transaction.
//! This link refuses other callers early and cheaply.
//!
//! The connection caches memberships until a commit changes any membership. That commit increments the count
//! before its acknowledgement (`Db::membership_changes`), so a proof is never older than an answer.

use super::link::{Link, Turn};
use common::Refusal;
use futures::future::BoxFuture;
use store::{error::Error, rooms::memberships::Member};

pub struct Membership;

impl Link for Membership {
    fn name(&self) -> &'static str {
        "membership"
    }

    fn turn<'a>(&'a self, turn: &'a mut Turn<'_>) -> Option<BoxFuture<'a, Result<(), Refusal>>> {
        let (room, person) = turn.room.zip(turn.handle.person)?;
        let changes = turn.handle.realtime.db.membership_changes();
        if turn.handle.connection.is_known_in(room, changes) {
            turn.member = Some(Member::found_before(person, room));
            return None;
        }
        Some(Box::pin(async move {
            let db = &turn.handle.realtime.db;
            turn.member = Some(Member::require(&db.read, person, room).await.map_err(Error::into_refusal)?);
            turn.handle.connection.know_in(room, changes);
            Ok(())
        }))
    }
}
