//! Tells people that somebody is new in a room.

use super::store;
use crate::{broadcasts::Broadcasts, db::Db};
use common::rooms::MemberJoined;

/// Brings each newcomer's devices into the room's audience, gives them the room as it stands
/// then, and tells the other members. In this order: what is posted meanwhile reaches the
/// newcomer live, in the summary, or both, but never neither.
pub async fn joined(db: &Db, broadcasts: &Broadcasts, newcomers: Vec<MemberJoined>) {
    for joined in newcomers {
        broadcasts.enter(joined.person, joined.room).await;
        match store::summary(db, joined.person, joined.room).await {
            Ok(summary) => broadcasts.room_added(joined.person, summary).await,
            // They have left already, or the database is gone; their next snapshot tells.
            Err(error) => tracing::debug!(refusal = %error.into_refusal(), "a newcomer could not be told of a room"),
        }
        broadcasts.member_joined(joined).await;
    }
}
